import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { VARIABLE_PREFIX, type ServiceName } from '@brain/contracts';
import { freePort } from '@brain/testing';

const SERVICES_FOLDER = path.resolve(import.meta.dirname, '../../../../services');

interface ReadyReport {
  readonly status: number;
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, { readonly ready: boolean; readonly detail?: string }>>;
}

/** One service as it runs in production: its own process, told by its environment alone. */
export class ServiceProcess {
  private readonly chunks: string[] = [];

  private constructor(
    private readonly child: ChildProcess,
    private readonly url: string,
  ) {
    child.stderr?.on('data', (chunk: Buffer) => this.chunks.push(chunk.toString()));
    child.stdout?.resume();
  }

  static async start(service: ServiceName, env: Readonly<Record<string, string>>): Promise<ServiceProcess> {
    const port = String(await freePort());
    const child = fork(path.join(SERVICES_FOLDER, service, 'dist/main.js'), [], {
      silent: true,
      env: { PATH: process.env.PATH, NODE_ENV: 'production', [`${VARIABLE_PREFIX[service]}_HTTP_PORT`]: port, ...env },
    });
    return new ServiceProcess(child, `http://127.0.0.1:${port}`);
  }

  /** Everything it wrote for the person who started it; its log goes elsewhere. */
  get errors(): string {
    return this.chunks.join('');
  }

  async readiness(): Promise<ReadyReport> {
    const response = await fetch(`${this.url}/readyz`);
    return { status: response.status, ...((await response.json()) as Omit<ReadyReport, 'status'>) };
  }

  /** Its exit code, once it has ended by itself and all it wrote was read. */
  ended(): Promise<number | null> {
    const { child } = this;
    if (child.exitCode !== null && child.stderr?.readableEnded !== false) return Promise.resolve(child.exitCode);
    return new Promise((resolve) => child.once('close', resolve));
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = this.ended();
    this.child.kill('SIGTERM');
    await ended;
  }
}
