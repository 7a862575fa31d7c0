import { expect } from '@jest/globals';
import { eventually } from '@brain/testing';
import pg from 'pg';

/** The store's own table and the audit's copy of it, read past the product. */
export class EventRecord {
  constructor(private readonly url: string) {}

  /** One entry an event of that type. */
  async streamsOf(type: string): Promise<string[]> {
    return (await this.query<{ stream_id: string }>('SELECT stream_id FROM event_store.event WHERE type = $1', [type])).map((row) => row.stream_id);
  }

  /** G2 and G3: a tail that followed through every fault has each event once; no stream has a hole. */
  async expectComplete(): Promise<string> {
    const missing = `SELECT event_id FROM event_store.event WHERE event_id NOT IN (SELECT event_id::text FROM audit.audit_event)`;
    await eventually(async () => expect(await this.query(missing)).toEqual([]), { timeoutMs: 60_000, everyMs: 250 });
    const [count] = await this.query<{ stored: string; seen: string; distinct: string }>(
      `SELECT (SELECT count(*) FROM event_store.event) AS stored, count(*) AS seen, count(DISTINCT event_id) AS distinct FROM audit.audit_event`,
    );
    expect([count?.seen, count?.distinct]).toEqual([count?.stored, count?.stored]);
    const holes = `SELECT stream_id FROM event_store.event GROUP BY stream_id HAVING max(revision) + 1 <> count(*) OR min(revision) <> 0`;
    expect(await this.query(holes)).toEqual([]);
    return `${String(count?.stored)} events, each seen once, no stream with a hole`;
  }

  private async query<Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    const client = new pg.Client(this.url);
    await client.connect();
    try {
      return (await client.query<Row>(sql, [...values])).rows;
    } finally {
      await client.end();
    }
  }
}
