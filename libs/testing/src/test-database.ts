import childProcess from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { startTestPostgres } from './test-postgres.js';

export interface TestDatabase {
  /** For whom it is meant: the role of the template, else the owner. */
  readonly url: string;
  /** With every right over it. */
  readonly ownerUrl: string;
  /** The server's own database, with the same rights. */
  readonly adminUrl: string;
  drop(): Promise<void>;
}

/** What many test files begin with. It is installed once, in a database that theirs are copies of. */
export interface DatabaseTemplate {
  /** Templates of one name have the same content. Small letters, digits, underscores. */
  readonly name: string;
  /** `url`: of the owner. `role`: exists and may connect; what it may do else is said here. */
  install(at: { readonly url: string; readonly roleUrl: string; readonly role: string }): Promise<void>;
}

const LOOKS_BEFORE_FORCE = 50;
const LOOK_EVERY_MS = 10;

interface TestServer {
  readonly adminUrl: string;
  /** Templates and roles are those of one run: another may have other code. */
  readonly run: string;
}
/** Jest gives every spec file its own modules and its own `process`; a core module is what they share. */
const shared = childProcess as typeof childProcess & { brainTestServer?: Promise<TestServer> };

/**
 * A fresh database on a real PostgreSQL, empty or a copy of a template: on the server of BRAIN_TEST_POSTGRES_URL, which
 * the tier starts for all its files, else on one embedded server per process, which ends with the process.
 */
export async function testDatabase(template?: DatabaseTemplate): Promise<TestDatabase> {
  const server = await (shared.brainTestServer ??= serverForTests());
  const { adminUrl } = server;
  const name = `test_${randomBytes(6).toString('hex')}`;
  const ownerUrl = urlOf(adminUrl, name);
  await withClient(adminUrl, (client) => (template === undefined ? client.query(`CREATE DATABASE ${name} STRATEGY file_copy`) : copyTemplate(client, server, template, name)));
  return {
    url: template === undefined ? ownerUrl : urlOf(adminUrl, name, roleOf(server, template)),
    ownerUrl,
    adminUrl,
    drop: () => withClient(adminUrl, (client) => dropDatabase(client, name)),
  };
}

/**
 * `pool.end()` of pg settles before its connections are closed. One that is thrown out while it closes has nobody who
 * hears its error any more, and ends the test file: so those who are about to leave are given a moment.
 */
async function dropDatabase(client: pg.Client, name: string): Promise<void> {
  for (let looks = 0; looks < LOOKS_BEFORE_FORCE; looks += 1) {
    const { rowCount } = await client.query('SELECT FROM pg_stat_activity WHERE datname = $1', [name]);
    if (rowCount === 0) break;
    await pause(LOOK_EVERY_MS);
  }
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

/** On a server that is not ours, at the end of a run. */
export async function dropTemplates(): Promise<void> {
  const { adminUrl, run } = await (shared.brainTestServer ??= serverForTests());
  await withClient(adminUrl, async (client) => {
    const databases = await client.query<{ name: string }>('SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)', [`template_${run}_`]);
    for (const { name } of databases.rows) await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    const roles = await client.query<{ name: string }>('SELECT rolname AS name FROM pg_roles WHERE starts_with(rolname, $1)', [`role_${run}_`]);
    for (const { name } of roles.rows) await client.query(`DROP ROLE ${name}`);
  });
}

/** Files are copied as they are: what is written to a log is the fact alone, a third of the work of the other strategy. */
async function copyTemplate(client: pg.Client, server: TestServer, template: DatabaseTemplate, name: string): Promise<void> {
  const source = await templateOf(client, server, template);
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${source} STRATEGY file_copy`);
  await allowConnection(client, name, roleOf(server, template));
}

/** Rights over a database are not copied with it. The role may also make a second schema, for a rebuild of read tables. */
async function allowConnection(client: pg.Client, database: string, role: string): Promise<void> {
  await client.query(`GRANT CONNECT, CREATE ON DATABASE ${database} TO ${role}`);
}

/** Made by whoever needs it first, while all others wait; only a whole one gets the name. */
async function templateOf(client: pg.Client, server: TestServer, template: DatabaseTemplate): Promise<string> {
  const source = `template_${server.run}_${template.name}`;
  await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [source]);
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [source]);
    if (rowCount === 0) await makeTemplate(client, server, template, source);
    return source;
  } finally {
    await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [source]);
  }
}

async function makeTemplate(client: pg.Client, server: TestServer, template: DatabaseTemplate, source: string): Promise<void> {
  const [unfinished, role] = [`${source}_unfinished`, roleOf(server, template)];
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  if (rowCount === 0) await client.query(`CREATE ROLE ${role} LOGIN PASSWORD '${role}'`);
  await client.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${unfinished}`);
  await allowConnection(client, unfinished, role);
  await template.install({ url: urlOf(server.adminUrl, unfinished), roleUrl: urlOf(server.adminUrl, unfinished, role), role });
  await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${source}`);
}

function roleOf({ run }: TestServer, { name }: DatabaseTemplate): string {
  return `role_${run}_${name}`;
}

async function serverForTests(): Promise<TestServer> {
  const { BRAIN_TEST_POSTGRES_URL: given = '', BRAIN_TEST_RUN: run = randomBytes(4).toString('hex') } = process.env;
  if (given !== '') return { adminUrl: given, run };
  const server = await startTestPostgres();
  server.unref();
  return { adminUrl: server.url(), run };
}

/** A role's password is its name: the server is on loopback and gone after the tests. */
function urlOf(adminUrl: string, database: string, role?: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  if (role !== undefined) [url.username, url.password] = [role, role];
  return url.href;
}

async function withClient(connectionString: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
