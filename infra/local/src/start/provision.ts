import pg from 'pg';
import { SERVICES } from '@brain/contracts';
import { installEventStore } from '@brain/event-store';
import { installMessageBus, topicCatalogue } from '@brain/message-bus';
import { installTimeSeries } from '@brain/time-series';
import type { Secrets } from './secrets.js';
import { roleOf, schemaOf } from './service-specs.js';

/**
 * Database, roles, schemas and engine tables; nothing when all is there. Each service owns one schema and reaches
 * no other one; all may append to and read the event store and the bus, none may change what is stored.
 */
export async function provision(urlOf: (database: string) => string, secrets: Secrets): Promise<void> {
  await withClient(urlOf('postgres'), async (client) => {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = 'brain'");
    if (rowCount === 0) await client.query('CREATE DATABASE brain');
  });
  await withClient(urlOf('brain'), async (client) => {
    await client.query('REVOKE ALL ON SCHEMA public FROM PUBLIC');
    for (const service of SERVICES) {
      const role = roleOf(service);
      await createRole(client, role, secrets.servicePasswords[service]);
      await client.query(`CREATE SCHEMA IF NOT EXISTS ${schemaOf(service)} AUTHORIZATION ${role}`);
      // A rebuild of read tables makes a second schema beside the live one.
      await client.query(`GRANT CREATE, CONNECT ON DATABASE brain TO ${role}`);
    }
    const roles = SERVICES.map(roleOf);
    await installEventStore(client, { roles });
    await installMessageBus(client, { roles, topics: topicCatalogue });
    await installTimeSeries(client, { roles: [roleOf('sensor-ingestion')] });
  });
}

async function createRole(client: pg.Client, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
  await client.query(`${verb} ROLE ${role} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
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
