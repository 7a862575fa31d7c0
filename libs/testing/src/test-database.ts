import childProcess from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './free-port.js';
import { startPostgres } from './postgres-server.js';

export interface TestDatabase {
  readonly url: string;
  /** The server's own database, with the same rights. */
  readonly adminUrl: string;
  drop(): Promise<void>;
}

interface TestServer {
  readonly adminUrl: string;
}
/** Jest gives every spec file its own modules and its own `process`; a core module is what they share. */
const shared = childProcess as typeof childProcess & { brainTestServer?: Promise<TestServer> };

/**
 * A fresh database on a real PostgreSQL: on the server of BRAIN_TEST_POSTGRES_URL, else on one embedded server per
 * process, which ends with the process.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const { adminUrl } = await (shared.brainTestServer ??= serverForTests());
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(adminUrl, `CREATE DATABASE ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { url: url.href, adminUrl, drop: () => asAdmin(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function serverForTests(): Promise<TestServer> {
  const given = process.env['BRAIN_TEST_POSTGRES_URL'];
  if (given !== undefined && given !== '') return { adminUrl: given };

  const server = await startPostgres({
    dataDir: join(tmpdir(), `brain-pg-${randomBytes(6).toString('hex')}`),
    port: await freePort(),
    password: randomBytes(12).toString('hex'),
    settings: { max_connections: '200', shared_buffers: '32MB' },
    isTemporary: true,
  });
  server.unref();
  return { adminUrl: server.url() };
}

async function asAdmin(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
