import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '@brain/testing';

const MAIN = path.resolve(import.meta.dirname, '../../../../services/sensor-ingestion/dist/main.js');

interface ReadyReport {
  readonly checks: Readonly<Record<string, { readonly ready: boolean; readonly detail?: string } | undefined>>;
}

/** One more process of sensor-ingestion beside that of a running product: same database, own ports, no listener. */
export class IngestionProcess {
  readonly output: string[] = [];
  private constructor(
    private readonly child: ChildProcess,
    private readonly url: string,
  ) {
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => this.output.push(chunk.toString()));
  }

  static async start(dataDir: string, env: Readonly<Record<string, string>>): Promise<IngestionProcess> {
    const { servicePasswords } = readJson(path.join(dataDir, 'secrets.json')) as { servicePasswords: Record<string, string> };
    const { postgresPort } = readJson(path.join(dataDir, 'runtime.json')) as { postgresPort: number };
    const password = encodeURIComponent(servicePasswords['sensor-ingestion'] ?? '');
    const port = await freePort();
    const child = fork(MAIN, [], {
      silent: true,
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        BRAIN_AUTH_JWKS_FILE: path.join(dataDir, 'keys/jwks.json'),
        BRAIN_MASTER_KEY_FILE: path.join(dataDir, 'keys/master-keys'),
        INGESTION_DATABASE_URL: `postgres://brain_sensor_ingestion:${password}@127.0.0.1:${String(postgresPort)}/brain`,
        INGESTION_HTTP_HOST: '127.0.0.1',
        INGESTION_HTTP_PORT: String(port),
        INGESTION_LISTENER: 'off',
        ...env,
      },
    });
    return new IngestionProcess(child, `http://127.0.0.1:${String(port)}`);
  }

  /** Sessions at the broker that it holds, as its metrics say. */
  async sessions(): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    return Number(/^brain_broker_sessions(?:\{[^}]*\})? (\d+)/m.exec(text)?.[1] ?? Number.NaN);
  }

  async check(name: string): Promise<{ readonly ready: boolean; readonly detail?: string } | undefined> {
    return ((await (await fetch(`${this.url}/readyz`)).json()) as ReadyReport).checks[name];
  }

  /** kill -9 */
  kill(): Promise<number | null> {
    return this.end('SIGKILL');
  }

  stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  /** Its exit code, once it has ended by itself. */
  exit(): Promise<number | null> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
    return new Promise((resolve) => child.once('exit', resolve));
  }

  private end(signal: NodeJS.Signals): Promise<number | null> {
    const exit = this.exit();
    this.child.kill(signal);
    return exit;
  }
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
