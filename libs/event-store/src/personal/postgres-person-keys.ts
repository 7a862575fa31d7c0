import { randomBytes, randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { DomainError } from '@brain/contracts';
import { withClient } from '../projections/with-client.js';
import { KEY_BYTES } from './cipher.js';
import { KeyMemory } from './key-memory.js';
import type { MasterKeys } from './master-keys.port.js';
import { isForEver, type PersonKeys } from './person-keys.port.js';
import type { DataKey } from './seal-value.js';

export const PERSONAL_DATA_SCHEMA = 'personal_data';

const MOST_IN_MEMORY = 20_000;
/** How long a key destroyed elsewhere may still be used here. */
const FRESH_MS = 1_000;
const FOREIGN_KEY_VIOLATION = '23503';
const MAX_ATTEMPTS = 3;
const COLUMNS = 'key_id, subject, master_key_id, wrapped';

interface KeyRow {
  readonly key_id: string;
  readonly subject: string;
  readonly master_key_id: string;
  readonly wrapped: Buffer;
}

/** Keys wrapped in PostgreSQL, unwrapped in memory. */
export class PostgresPersonKeys implements PersonKeys {
  private readonly memory = new KeyMemory(MOST_IN_MEMORY);
  private destroyed = '';
  private lookedAt = -Infinity;

  constructor(
    private readonly pool: Pool,
    private readonly masterKeys: MasterKeys,
    private readonly now: () => number = () => performance.now(),
  ) {}

  async forSealing(subjects: readonly string[]): Promise<ReadonlyMap<string, DataKey>> {
    for (let attempt = 1; ; attempt += 1) {
      const rows = await this.rowsOf('subject = ANY ($1)', subjects);
      const known = new Set(rows.map(({ subject }) => subject));
      const missing = await this.notErased(subjects.filter((subject) => !known.has(subject)));
      if (missing.length === 0) return new Map(await Promise.all(rows.map(async (row) => [row.subject, await this.unwrapped(row)] as const)));
      if (attempt > MAX_ATTEMPTS) throw new DomainError('PERSONAL_KEYS_BUSY', 'The keys of people kept changing, try again');
      await this.make(missing);
    }
  }

  async forOpening(keyIds: readonly string[]): Promise<ReadonlyMap<string, DataKey>> {
    await this.forgetDestroyed();
    const unknown = keyIds.filter((keyId) => this.memory.get(keyId) === undefined);
    const found = new Map<string, DataKey>();
    for (const keyId of keyIds) {
      const key = this.memory.get(keyId);
      if (key !== undefined && key !== null) found.set(keyId, key);
    }
    if (unknown.length === 0) return found;
    for (const row of await this.rowsOf('key_id = ANY ($1::uuid[])', unknown)) found.set(row.key_id, await this.unwrapped(row));
    for (const keyId of unknown) if (!found.has(keyId)) this.memory.set(keyId, null);
    return found;
  }

  async keyIdOf(subject: string): Promise<string | undefined> {
    return (await this.rowsOf('subject = ANY ($1)', [subject]))[0]?.key_id;
  }

  async destroy(subject: string, keyId: string): Promise<void> {
    await withClient(this.pool, async (client) => {
      await client.query('BEGIN');
      await client.query(`DELETE FROM ${PERSONAL_DATA_SCHEMA}.person_key WHERE key_id = $1 AND subject = $2`, [keyId, subject]);
      await client.query(`INSERT INTO ${PERSONAL_DATA_SCHEMA}.destroyed_key (key_id, subject) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [keyId, subject]);
      await client.query('COMMIT');
    });
    this.memory.clear();
  }

  /** Of two who make a subject's key at once, one does; both read it afterwards. */
  private async make(subjects: readonly string[]): Promise<void> {
    const { rows } = await this.pool.query<{ key_id: string }>(`SELECT key_id FROM ${PERSONAL_DATA_SCHEMA}.master_key ORDER BY since DESC LIMIT 1`);
    const masterKeyId = rows[0]?.key_id;
    if (masterKeyId === undefined) throw new DomainError('PERSONAL_DATA_REFUSED', 'There is no master key yet: run the provisioning first');
    const made = await Promise.all(
      subjects.map(async (subject) => {
        const keyId = randomUUID();
        return [keyId, subject, await this.masterKeys.wrap(masterKeyId, randomBytes(KEY_BYTES), contextOf(keyId, subject))] as const;
      }),
    );
    try {
      await this.pool.query(
        `INSERT INTO ${PERSONAL_DATA_SCHEMA}.person_key (key_id, subject, wrapped, master_key_id)
         SELECT *, $4 FROM unnest($1::uuid[], $2::text[], $3::bytea[]) ON CONFLICT (subject) DO NOTHING`,
        [made.map(([keyId]) => keyId), made.map(([, subject]) => subject), made.map(([, , wrapped]) => wrapped), masterKeyId],
      );
    } catch (error) {
      // The master key was rotated away in between: the next attempt takes the new one.
      if (!(error instanceof Error && 'code' in error && error.code === FOREIGN_KEY_VIOLATION)) throw error;
    }
  }

  private async notErased(subjects: readonly string[]): Promise<readonly string[]> {
    const people = subjects.filter(isForEver);
    if (people.length === 0) return subjects;
    const { rows } = await this.pool.query<{ subject: string }>(`SELECT subject FROM ${PERSONAL_DATA_SCHEMA}.destroyed_key WHERE subject = ANY ($1)`, [people]);
    const erased = new Set(rows.map(({ subject }) => subject));
    return subjects.filter((subject) => !erased.has(subject));
  }

  private async rowsOf(condition: string, values: readonly string[]): Promise<readonly KeyRow[]> {
    const { rows } = await this.pool.query<KeyRow>(`SELECT ${COLUMNS} FROM ${PERSONAL_DATA_SCHEMA}.person_key WHERE ${condition}`, [values]);
    return rows;
  }

  private async unwrapped({ key_id: keyId, subject, master_key_id: masterKeyId, wrapped }: KeyRow): Promise<DataKey> {
    const known = this.memory.get(keyId);
    if (known !== undefined && known !== null) return known;
    const key = { keyId, bytes: await this.masterKeys.unwrap(masterKeyId, wrapped, contextOf(keyId, subject)) };
    this.memory.set(keyId, key);
    return key;
  }

  private async forgetDestroyed(): Promise<void> {
    if (this.now() - this.lookedAt < FRESH_MS) return;
    const { rows } = await this.pool.query<{ newest: string | null }>(`SELECT max(number) AS newest FROM ${PERSONAL_DATA_SCHEMA}.destroyed_key`);
    const newest = rows[0]?.newest ?? '';
    if (newest !== this.destroyed) this.memory.clear();
    this.destroyed = newest;
    this.lookedAt = this.now();
  }
}

/** A wrapped key is of use for its own person alone. */
export function contextOf(keyId: string, subject: string): string {
  return `${keyId}\n${subject}`;
}
