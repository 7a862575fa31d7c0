import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Small and quick to start: a test's broker lives for seconds. */
const jvm = ['-Xms64m', '-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn'];
/** The broker ends when our end of the pipe closes, and it closes whichever way we die. */
const KEEPER = `exec 3<&0; "$@" 3<&- & broker=$!
( read -r _ <&3; kill -KILL $broker ) 2>/dev/null &
wait $broker; code=$?; kill $! 2>/dev/null; exit $code`;

export async function formatStorage(classpath: string, properties: string, clusterId: string, users: Readonly<Record<string, string>>): Promise<void> {
  const scram = Object.entries(users).flatMap(([name, password]) =>
    ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => ['--add-scram', `${mechanism}=[name=${name},password=${password}]`]),
  );
  await run('java', [...jvm, '-cp', classpath, 'kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', properties, ...scram]);
}

/** One JVM that can be killed without a word. */
export class KafkaProcess {
  readonly #lines: string[] = [];
  readonly #child: ChildProcess;
  readonly exited: Promise<void>;

  constructor(classpath: string, properties: string) {
    const command = ['java', ...jvm, '-cp', classpath, 'kafka.Kafka', properties];
    this.#child = spawn('sh', ['-c', KEEPER, 'keeper', ...command], { detached: true, stdio: ['pipe', 'ignore', 'pipe'] });
    this.exited = new Promise((resolve) => this.#child.once('exit', () => resolve()));
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#lines.push(chunk.toString('utf8'));
      if (this.#lines.length > 40) this.#lines.shift();
    });
  }

  get hasExited(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** The last it said. */
  get log(): string {
    return this.#lines.join('');
  }

  /** SIGKILL to the JVM and its keeper. */
  async kill(): Promise<void> {
    const { pid } = this.#child;
    if (pid !== undefined && !this.hasExited) process.kill(-pid, 'SIGKILL');
    await this.exited;
  }
}
