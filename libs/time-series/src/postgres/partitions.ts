import type { Pool } from 'pg';
import { DAY_MS } from '../bucket.js';

/** Day partitions of `reading`, made when a reading of that day comes, whatever the day. */
export class Partitions {
  private readonly known = new Set<number>();

  constructor(
    private readonly pool: Pool,
    private readonly schema: string,
  ) {}

  /**
   * In transactions of its own, before the write: several writers may want the same day at once, and a partition
   * stays when the write that asked for it fails.
   */
  async ensure(instants: Iterable<number>): Promise<void> {
    const days = new Set<number>();
    for (const ts of instants) days.add(Math.floor(ts / DAY_MS));
    for (const day of days) {
      if (!this.known.has(day)) await this.create(day);
      this.known.add(day);
    }
  }

  private async create(day: number): Promise<void> {
    const from = new Date(day * DAY_MS).toISOString();
    const name = `reading_${from.slice(0, 10).replaceAll('-', '_')}`;
    const client = await this.pool.connect();
    const at = client.escapeIdentifier(this.schema);
    try {
      await client.query('BEGIN');
      await client.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`${this.schema}.${name}`]);
      const { rows } = await client.query<{ found: string | null }>(`SELECT to_regclass($1) AS found`, [`${at}.${name}`]);
      if (rows[0]?.found === null) {
        // Attached, not created in place: that would lock out everybody who reads or writes any day.
        await client.query(`
          CREATE TABLE ${at}.${name} (LIKE ${at}.reading INCLUDING ALL);
          ALTER TABLE ${at}.reading ATTACH PARTITION ${at}.${name}
            FOR VALUES FROM ('${from}') TO ('${new Date((day + 1) * DAY_MS).toISOString()}');
        `);
      }
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }
}
