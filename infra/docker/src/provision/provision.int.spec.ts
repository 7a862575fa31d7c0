import { randomBytes } from 'node:crypto';
import { SERVICES, VARIABLE_PREFIX, type ServiceName } from '@brain/contracts';
import { MASTER_KEY, testDatabase, type TestDatabase } from '@brain/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { loadProvisionConfig } from './provision-config.js';
import { provision } from './provision.js';
import { schemaOf } from './service-databases.js';

const run = randomBytes(4).toString('hex');
const database = `provisioned_${run}`;
let server: TestDatabase;

beforeAll(async () => {
  server = await testDatabase();
}, 60_000);

afterAll(async () => {
  await asking(server.adminUrl, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  for (const service of SERVICES) await asking(server.adminUrl, `DROP ROLE IF EXISTS ${roleOf(service)}`);
  await server.drop();
});

const roleOf = (service: ServiceName) => `${schemaOf(service)}_${run}`;

function urlOf(service: ServiceName, password = 'p@ss/word'): string {
  const url = new URL(server.adminUrl);
  url.pathname = `/${database}`;
  url.username = roleOf(service);
  url.password = encodeURIComponent(password);
  return url.href;
}

function environment(password?: string): NodeJS.ProcessEnv {
  return {
    BRAIN_AUTH_JWKS_FILE: '/run/secrets/jwks',
    BRAIN_MASTER_KEY: MASTER_KEY,
    PROVISION_DATABASE_URL: server.adminUrl,
    ...Object.fromEntries(SERVICES.map((service) => [`${VARIABLE_PREFIX[service]}_DATABASE_URL`, urlOf(service, password)])),
  };
}

async function asking(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<pg.QueryResultRow>(sql)).rows;
  } finally {
    await client.end();
  }
}

const provisioned = (password?: string) => provision(loadProvisionConfig(environment(password)), () => undefined);

describe('provisioning the engines', () => {
  it('may be repeated, and lets every service do its own work and no other', async () => {
    await provisioned();
    await provisioned();
    for (const service of SERVICES) {
      const own = schemaOf(service);
      await asking(urlOf(service), `CREATE TABLE ${own}.proof (id int); DROP TABLE ${own}.proof`);
      await expect(asking(urlOf(service), 'SELECT count(*)::int AS count FROM event_store.event')).resolves.toEqual([{ count: 0 }]);
      await expect(asking(urlOf(service), 'DELETE FROM event_store.event')).rejects.toThrow('permission denied');
      await expect(asking(urlOf(service), 'CREATE TABLE public.proof (id int)')).rejects.toThrow('permission denied');
    }
    await expect(asking(urlOf('audit'), 'CREATE TABLE case_management.proof (id int)')).rejects.toThrow('permission denied');
    await expect(asking(urlOf('audit'), 'SELECT 1 FROM time_series.reading')).rejects.toThrow('permission denied');
  });

  it('lets those who write about people make keys, and one alone destroy them', async () => {
    await provisioned();
    const readKeys = (service: ServiceName) => asking(urlOf(service), 'SELECT count(*)::int AS count FROM personal_data.person_key');
    const destroy = (service: ServiceName) => asking(urlOf(service), "DELETE FROM personal_data.person_key WHERE subject = 'nobody'");
    const change = (service: ServiceName) => asking(urlOf(service), "UPDATE personal_data.person_key SET subject = 'somebody'");
    for (const service of SERVICES) await expect(readKeys(service)).resolves.toHaveLength(1);
    await expect(destroy('grid-registry')).resolves.toEqual([]);
    for (const service of SERVICES) await expect(change(service)).rejects.toThrow('permission denied');
    for (const service of SERVICES.filter((name) => name !== 'grid-registry')) await expect(destroy(service)).rejects.toThrow('permission denied');
    const mayInsert = await asking(server.adminUrl.replace(/\/[^/]*$/, `/${database}`), "SELECT DISTINCT grantee FROM information_schema.role_table_grants WHERE table_name = 'person_key' AND privilege_type = 'INSERT' AND grantee LIKE '%\\_" + run + "' ORDER BY 1");
    expect(mayInsert).toEqual(['alerting', 'case-management', 'grid-registry', 'sensor-ingestion', 'staff-evaluation'].map((name) => ({ grantee: roleOf(name as ServiceName) })));
  });

  it('makes no role with rights over the server', async () => {
    await provisioned();
    const rows = await asking(
      server.adminUrl,
      `SELECT DISTINCT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles WHERE rolname LIKE '%\\_${run}'`,
    );
    expect(rows).toEqual([{ rolsuper: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false, rolbypassrls: false }]);
  });

  it('brings a changed password into force', async () => {
    await provisioned('old');
    await provisioned('new');
    await expect(asking(urlOf('audit', 'new'), 'SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
    await expect(asking(urlOf('audit', 'old'), 'SELECT 1')).rejects.toThrow('password authentication failed');
  });

  it('names the address that has no password, and does not repeat it', () => {
    const wrong = { ...environment(), AUDIT_DATABASE_URL: 'postgres://somebody@db/brain' };
    expect(() => loadProvisionConfig(wrong)).toThrow(/AUDIT_DATABASE_URL: needs a user and a password$/);
  });

  it('is refused when the services do not share a database', () => {
    const wrong = { ...environment(), AUDIT_DATABASE_URL: 'postgres://audit:secret@db/elsewhere' };
    expect(() => loadProvisionConfig(wrong)).toThrow('must share one database');
  });
});
