import { spawn, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureEmbeddedPostgres } from './postgres-binaries.js';
import { clearStaleServer, initialiseDataDir } from './postgres-data-dir.js';
import { commandAs, serverUser, type CommandAs } from './postgres-user.js';

export { ensureEmbeddedPostgres } from './postgres-binaries.js';
export { serverUser } from './postgres-user.js';

export interface PostgresServerOptions {
  /** Absolute; made when missing. When run as root, the user `postgres` must be able to reach it. */
  readonly dataDir: string;
  readonly port: number;
  readonly password: string;
  /** Default `postgres`. */
  readonly superuser?: string;
  /** Server settings, e.g. `{ max_connections: '200' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** For tests: does not wait for the disk, and the folder is removed when the server ends. Default false. */
  readonly isTemporary?: boolean;
  readonly onLog?: (line: string) => void;
}

export interface PostgresServer {
  readonly port: number;
  /** Connection string of the superuser. */
  url(database?: string): string;
  /** Settles when the server has ended, whoever ended it. */
  readonly exited: Promise<void>;
  /** Fast shutdown: open transactions are rolled back, everything committed stays. */
  stop(): Promise<void>;
  /** Lets the process end while the server runs; the server then ends too. */
  unref(): void;
}

/**
 * The keeper: PostgreSQL ends when our end of the pipe closes, and it closes whichever way we die. In a process
 * group of its own, so that Ctrl-C in the terminal does not take the database from under services that still write.
 */
const KEEPER = `exec 3<&0; "$@" 3<&- & server=$!
( read -r _ <&3; while kill -INT $server; do sleep 0.2; done ) 2>/dev/null &
wait $server; code=$?; kill $! 2>/dev/null
[ -z "$REMOVE" ] || rm -rf "$REMOVE"; exit $code`;

/** A crash of the machine may take all of it, and a password is no secret: then neither disk nor hashing need be waited for. */
const FOR_TESTS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', scram_iterations: '1' };

/** Starts the embedded PostgreSQL on loopback and waits until it takes connections. */
export async function startPostgres(options: PostgresServerOptions): Promise<PostgresServer> {
  const { dataDir, port, password, superuser = 'postgres', isTemporary = false } = options;
  const user = await serverUser();
  const binaries = await ensureEmbeddedPostgres(user);
  await initialiseDataDir({ dataDir, initdb: binaries.initdb, superuser, password, user, isDurable: !isTemporary });
  await clearStaleServer(dataDir);

  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    ...(isTemporary ? FOR_TESTS : {}),
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const command = ['sh', '-c', KEEPER, 'keeper', binaries.postgres, '-D', dataDir, '-p', String(port), ...flags];
  const as = await commandAs(user, command, [binaries.postgres, dataDir]);
  const env = { PATH: process.env['PATH'], LC_ALL: 'C', REMOVE: isTemporary ? dataDir : '' };
  const child = await launch(() => spawnKeeper(as, env), options.onLog);

  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      child.stdin.destroy();
      resolve();
    });
  });
  return {
    port,
    url: (database = 'postgres') =>
      `postgres://${encodeURIComponent(superuser)}:${encodeURIComponent(password)}@127.0.0.1:${String(port)}/${database}`,
    exited,
    stop: () => {
      child.ref(); // whoever waits for the end must live to see it
      child.stdin.end();
      return exited;
    },
    unref: () => {
      child.unref();
      for (const pipe of [child.stdin, child.stderr]) if (pipe instanceof Socket) pipe.unref();
    },
  };
}

function spawnKeeper({ command, args, options }: CommandAs, env: NodeJS.ProcessEnv) {
  return spawn(command, args, { ...options, cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'pipe'], env });
}

/** The last processes of a killed server take a moment to see that it is gone; PostgreSQL rightly refuses until then. */
async function launch<Child extends ChildProcess>(start: () => Child, onLog: (line: string) => void = () => undefined): Promise<Child> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const child = start();
    try {
      await untilReady(child, onLog);
      return child;
    } catch (error) {
      const isStillUsed = error instanceof Error && error.message.includes('pre-existing shared memory block');
      if (!isStillUsed || Date.now() > deadline) throw error;
      await pause(100);
    }
  }
}

async function untilReady(child: ChildProcess, onLog: (line: string) => void): Promise<void> {
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${String(code)}: ${lines.join('\n')}`)));
    child.stderr?.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString('utf8').split('\n').filter(Boolean)) {
        if (lines.push(line) > 20) lines.shift();
        onLog(line);
        if (line.includes('database system is ready to accept connections')) resolve();
      }
    });
  });
}
