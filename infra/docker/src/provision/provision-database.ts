import pg from 'pg';
import { SERVICES, type ServiceName } from '@brain/contracts';
import { installEventStore, installPersonalData, type MasterKeys } from '@brain/event-store';
import { installMessageBus, topicCatalogue } from '@brain/message-bus';
import { installTimescaleTimeSeries, installTimeSeries } from '@brain/time-series';
import { KEY_ERASERS, KEY_READERS, KEY_WRITERS } from './key-grants.js';
import type { ServiceDatabase } from './service-databases.js';

export { KEY_READERS } from './key-grants.js';
export { provisionTopics } from './provision-topics.js';
export { schemaOf, type ServiceDatabase } from './service-databases.js';

/** Which ports have their engine in this database. */
export interface DatabaseEngines {
  readonly eventStore: 'postgres' | 'eventstoredb';
  readonly bus: 'postgres' | 'kafka';
  readonly timeSeries: 'postgres' | 'timescaledb';
}

export interface DatabaseProvision {
  /** The address of a database of the server, for somebody who may make roles and databases. */
  readonly urlOf: (database: string) => string;
  readonly database: string;
  readonly services: Readonly<Record<ServiceName, ServiceDatabase>>;
  /** What the keys of people are wrapped under, the newest from now on. */
  readonly masterKeys: MasterKeys;
  /** Default: all of them. */
  readonly engines?: DatabaseEngines;
}

const ALL_IN_POSTGRES: DatabaseEngines = { eventStore: 'postgres', bus: 'postgres', timeSeries: 'postgres' };

/**
 * Database, roles, schemas and engine tables; nothing when all is there. Each service owns one schema and reaches
 * no other one; all may append to and read the event store and the bus, none may change what is stored.
 */
export async function provisionDatabase({ urlOf, database, services, masterKeys, engines = ALL_IN_POSTGRES }: DatabaseProvision): Promise<void> {
  await withClient(urlOf('postgres'), async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
  });
  await withClient(urlOf(database), async (client) => {
    const inside = client.escapeIdentifier(database);
    // Else every role of the server could connect, and make tables of its own.
    await client.query(`REVOKE CONNECT ON DATABASE ${inside} FROM PUBLIC`);
    await client.query('REVOKE ALL ON SCHEMA public FROM PUBLIC');
    for (const { role, password, schema } of SERVICES.map((service) => services[service])) {
      const name = client.escapeIdentifier(role);
      await createRole(client, role, password);
      // A managed server's administrator is no superuser: only a member may give a schema to a role.
      await client.query(`GRANT ${name} TO CURRENT_USER`);
      await client.query(`CREATE SCHEMA IF NOT EXISTS ${client.escapeIdentifier(schema)} AUTHORIZATION ${name}`);
      // A rebuild of read tables makes a second schema beside the live one.
      await client.query(`GRANT CREATE, CONNECT ON DATABASE ${inside} TO ${name}`);
    }
    await installEngines(client, services, engines);
    const rolesOf = (names: readonly ServiceName[]) => names.map((name) => services[name].role);
    await installPersonalData(client, { masterKeys, readers: rolesOf(KEY_READERS), writers: rolesOf(KEY_WRITERS), erasers: rolesOf(KEY_ERASERS) });
  });
}

async function installEngines(client: pg.Client, services: DatabaseProvision['services'], engines: DatabaseEngines): Promise<void> {
  const roles = SERVICES.map((service) => services[service].role);
  if (engines.eventStore === 'postgres') await installEventStore(client, { roles });
  if (engines.bus === 'postgres') await installMessageBus(client, { roles, topics: topicCatalogue });
  const writers = { roles: [services['sensor-ingestion'].role] };
  if (engines.timeSeries === 'postgres') await installTimeSeries(client, writers);
  else await installTimescale(client, writers.roles);
}

async function installTimescale(client: pg.Client, roles: readonly string[]): Promise<void> {
  const { rowCount } = await client.query("SELECT 1 FROM pg_available_extensions WHERE name = 'timescaledb'");
  // Where the server has none, the installation says so and what to do.
  if (rowCount !== 0) await client.query('CREATE EXTENSION IF NOT EXISTS timescaledb');
  await installTimescaleTimeSeries(client, { roles });
  const { rows } = await client.query<{ schema: string }>("SELECT extnamespace::regnamespace::text AS schema FROM pg_extension WHERE extname = 'timescaledb'");
  // Its functions are in public as a rule, which we have closed.
  for (const { schema } of rows) for (const role of roles) await client.query(`GRANT USAGE ON SCHEMA ${schema} TO ${client.escapeIdentifier(role)}`);
}

async function createRole(client: pg.Client, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
  await client.query(`${verb} ROLE ${client.escapeIdentifier(role)} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
