import pg from 'pg';
import type { TopicDefinition } from '../topic-catalogue.js';
import { functions, tables } from './schema.js';
import { checkedSchemaName } from './schema-name.js';

export interface InstallOptions {
  /** Default `message_bus`. */
  readonly schema?: string;
  /** Database roles that may publish and subscribe. */
  readonly roles: readonly string[];
  readonly topics: readonly TopicDefinition[];
}

/** Creates or extends the log; may run again at every start. Needs the rights of the schema's owner. */
export async function installMessageBus(client: pg.ClientBase, options: InstallOptions): Promise<void> {
  const schema = checkedSchemaName(options.schema);
  await client.query('begin');
  try {
    await client.query(`select pg_advisory_xact_lock(hashtext('install message bus'))`);
    await client.query(`create schema if not exists ${schema}`);
    await client.query(`set local search_path to ${schema}`);
    await client.query(`set local client_min_messages to warning`);
    await client.query(tables);
    await client.query(functions);
    for (const topic of options.topics) await defineTopic(client, topic);
    for (const role of options.roles) await grant(client, schema, role);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function defineTopic(client: pg.ClientBase, { name, partitions, retentionHours }: TopicDefinition): Promise<void> {
  await client.query(
    `insert into topics values ($1, make_interval(hours => $2))
     on conflict (name) do update set retention = excluded.retention`,
    [name, retentionHours],
  );
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int as count from partitions where topic = $1',
    [name],
  );
  const existing = rows[0]?.count ?? 0;
  if (existing > partitions) {
    throw new Error(`Topic ${name} has ${existing} partitions; it can grow, but not shrink to ${partitions}`);
  }
  await client.query(
    `insert into partitions (topic, partition)
     select $1, partition from generate_series(0, $2::int - 1) partition on conflict do nothing`,
    [name, partitions],
  );
}

async function grant(client: pg.ClientBase, schema: string, role: string): Promise<void> {
  const name = pg.escapeIdentifier(role);
  await client.query(`
    grant usage on schema ${schema} to ${name};
    grant select on topics to ${name};
    grant select, update on partitions, jobs to ${name};
    grant select, insert, delete on record_batches to ${name};
    grant select, insert, update, delete on members, group_partitions, dead_letters to ${name};
    grant execute on function append_batches to ${name};
  `);
}
