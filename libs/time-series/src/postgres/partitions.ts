import type { Pool } from 'pg';
import { DAY_MS } from '../bucket.js';

/** Day partitions of `reading`, made when a reading of that day comes, whatever the day. */
export class Partitions {
  private readonly known = new Set<number>();

  /** In transactions of their own, before the write: they stay when the write that asked for them fails. */
  async ensure(pool: Pool, times: Iterable<number>): Promise<void> {
    const days = new Set<number>();
    for (const ts of times) days.add(Math.floor(ts / DAY_MS));
    for (const day of days) {
      if (this.known.has(day)) continue;
      await pool.query('SELECT ensure_reading_partition($1::date)', [new Date(day * DAY_MS).toISOString().slice(0, 10)]);
      this.known.add(day);
    }
  }
}
