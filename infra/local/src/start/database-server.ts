import path from 'node:path';
import { startPostgres, type PostgresServer } from '@brain/testing';
import type { DataFolder } from './data-folder.js';
import { appendedFile, LogFile } from './log-file.js';
import type { Secrets } from './secrets.js';

/** Sized for a whole stack within 1.5 GB; durability is PostgreSQL's default: a commit is on disk. */
const SETTINGS = {
  shared_buffers: '96MB',
  max_connections: '200',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  max_wal_size: '512MB',
  wal_compression: 'on',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  autovacuum_max_workers: '2',
};

/** The embedded PostgreSQL; when it dies it is started again on the same port, so the services find it. */
export class DatabaseServer {
  private server: PostgresServer | undefined;
  private stopping = false;
  /** One for all starts: a server that was killed goes on writing for a moment after it has ended. */
  readonly log: LogFile;

  constructor(
    private readonly folder: DataFolder,
    private readonly secrets: Secrets,
    readonly port: number,
    private readonly say: (line: string) => void,
    onLogChange: () => void = () => undefined,
  ) {
    const noteOf = (dropped: number, why: string) => `LOG: ${String(dropped)} lines were dropped here: ${why}`;
    this.log = new LogFile(() => appendedFile(path.join(folder.logs, 'postgres.log')), { noteOf, onChange: onLogChange });
  }

  get address(): string {
    return `postgres://127.0.0.1:${String(this.port)}`;
  }

  async start(): Promise<void> {
    const server = await startPostgres({
      dataDir: this.folder.postgres,
      port: this.port,
      password: this.secrets.postgresPassword,
      settings: SETTINGS,
      onLog: (line) => this.log.write(Buffer.from(`${line}\n`)),
    });
    this.server = server;
    void server.exited.then(() => {
      if (!this.stopping) this.restart();
    });
  }

  url(database: string): string {
    if (this.server === undefined) throw new Error('The database is not started');
    return this.server.url(database);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.server?.stop();
    await this.log.end();
  }

  private restart(): void {
    this.say('PostgreSQL ended; starting it again');
    this.start().catch((error: unknown) => {
      this.say(`PostgreSQL could not be started again: ${error instanceof Error ? error.message : String(error)}`);
      if (!this.stopping) setTimeout(() => this.restart(), 2_000);
    });
  }
}
