import { fileURLToPath } from 'node:url';
import type { ClientBase } from 'pg';
import { inSchema } from '../migrations/in-schema.js';
import { runMigrations } from '../migrations/run-migrations.js';
import { KEY_BYTES } from './cipher.js';
import type { MasterKeys } from './master-keys.port.js';
import { contextOf, PERSONAL_DATA_SCHEMA as SCHEMA } from './postgres-person-keys.js';

export interface PersonalDataInstallation {
  readonly masterKeys: MasterKeys;
  /** May look keys up. */
  readonly readers: readonly string[];
  /** May make keys, too. */
  readonly writers: readonly string[];
  /** May destroy them. */
  readonly erasers: readonly string[];
}

const MIGRATIONS = fileURLToPath(new URL('../../migrations/personal-data', import.meta.url));
const CHECK = Buffer.alloc(KEY_BYTES);

interface WrappedRow {
  readonly key_id: string;
  readonly subject: string;
  readonly master_key_id: string;
  readonly wrapped: Buffer;
}

/**
 * Makes or updates the tables and grants, and brings all keys under the newest master key: at the first time that is
 * where it begins to count, later it is a rotation. Harmless to repeat.
 */
export async function installPersonalData(client: ClientBase, { masterKeys, readers, writers, erasers }: PersonalDataInstallation): Promise<void> {
  await runMigrations(client, SCHEMA, MIGRATIONS);
  for (const role of new Set([...readers, ...writers, ...erasers])) {
    await client.query(`GRANT USAGE ON SCHEMA ${SCHEMA} TO ${client.escapeIdentifier(role)}`);
    await client.query(`GRANT SELECT ON ${SCHEMA}.master_key, ${SCHEMA}.person_key, ${SCHEMA}.destroyed_key TO ${client.escapeIdentifier(role)}`);
  }
  for (const role of writers) await client.query(`GRANT INSERT ON ${SCHEMA}.person_key TO ${client.escapeIdentifier(role)}`);
  for (const role of erasers) {
    await client.query(`GRANT DELETE ON ${SCHEMA}.person_key TO ${client.escapeIdentifier(role)}`);
    await client.query(`GRANT INSERT ON ${SCHEMA}.destroyed_key TO ${client.escapeIdentifier(role)}`);
  }
  await rotateMasterKey(client, masterKeys);
}

/**
 * Wraps every key anew under the newest master key, in one transaction, and strikes the older ones from the record:
 * once they are destroyed too, a copy of the table from before is of no use. Returns how many keys that were.
 * @throws DomainError MASTER_KEY_REFUSED when an older master key is not at hand; then nothing is changed
 */
export async function rotateMasterKey(client: ClientBase, masterKeys: MasterKeys): Promise<number> {
  const { newest } = masterKeys;
  return inSchema(client, SCHEMA, async () => {
    await client.query('LOCK TABLE person_key IN SHARE ROW EXCLUSIVE MODE');
    await checkMasterKeys(client, masterKeys);
    const check = await masterKeys.wrap(newest, CHECK, newest);
    await client.query('INSERT INTO master_key (key_id, check_value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [newest, check]);
    const { rows } = await client.query<WrappedRow>('SELECT key_id, subject, master_key_id, wrapped FROM person_key WHERE master_key_id <> $1', [newest]);
    for (const row of rows) {
      const context = contextOf(row.key_id, row.subject);
      const wrapped = await masterKeys.wrap(newest, await masterKeys.unwrap(row.master_key_id, row.wrapped, context), context);
      await client.query('UPDATE person_key SET wrapped = $2, master_key_id = $3 WHERE key_id = $1', [row.key_id, wrapped, newest]);
    }
    await client.query('DELETE FROM master_key WHERE key_id <> $1', [newest]);
    return rows.length;
  });
}

/** @throws DomainError MASTER_KEY_REFUSED naming the master key that is needed and was not given, or is another */
export async function checkMasterKeys(client: Pick<ClientBase, 'query'>, masterKeys: MasterKeys): Promise<void> {
  const { rows } = await client.query<{ key_id: string; check_value: Buffer }>(`SELECT key_id, check_value FROM ${SCHEMA}.master_key ORDER BY since`);
  for (const { key_id: masterKeyId, check_value: wrapped } of rows) await masterKeys.unwrap(masterKeyId, wrapped, masterKeyId);
}
