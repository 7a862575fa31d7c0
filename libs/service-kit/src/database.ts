import type { OnModuleDestroy } from '@nestjs/common';
import { isDomainError } from '@brain/contracts';
import pg, { type PoolClient, type QueryResultRow } from 'pg';
import { currentPast, type Past } from './past/past.js';
import { requireKept, type PastQuery } from './past/past-query.js';
import { readPast } from './past/read-past.js';
import { whileWanted } from './while-wanted.js';

/** The service's own schema and nothing else: every session starts with it as search_path. */
export class Database implements OnModuleDestroy {
  readonly pool: pg.Pool;

  constructor(
    connectionString: string,
    readonly schema: string,
    max: number,
    onError: (error: Error) => void,
  ) {
    this.pool = new pg.Pool({
      connectionString,
      // Opening one costs more than many queries: one stays however long nothing comes, the others for a minute.
      min: 1,
      max,
      idleTimeoutMillis: 60_000,
      options: `-c search_path=${schema}`,
      application_name: schema,
      connectionTimeoutMillis: 10_000,
    });
    // An idle connection that breaks must not end the process: the next query gets a new one.
    this.pool.on('error', onError);
    // Nor may one that breaks between two queries of a transaction: its next query says so.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** Of now, or of the moment that is looked back to. */
  async query<Row extends QueryResultRow>(text: string, params: readonly unknown[] = []): Promise<Row[]> {
    const past = currentPast();
    if (past !== undefined) return this.queryPast(past, { text, params });
    const result = await this.pool.query<Row>(text, [...params]);
    return result.rows;
  }

  /**
   * Of now alone, and no longer worked on once `gone` aborts.
   * @throws NobodyWaits
   */
  async queryWhileWanted<Row extends QueryResultRow>(gone: AbortSignal, text: string, params: readonly unknown[] = []): Promise<Row[]> {
    return this.whileWanted(gone, async (client) => (await client.query<Row>(text, [...params])).rows);
  }

  /** Several queries on one connection, in the same way. */
  whileWanted<T>(gone: AbortSignal, work: (client: PoolClient) => Promise<T>): Promise<T> {
    return whileWanted(this.pool, gone, work);
  }

  /** Refuses with PAST_NOT_KEPT what asks these tables for more than they remember. `path` is the field that asks. */
  async requirePastSince(tables: readonly string[], at: string, path: string): Promise<void> {
    const [row] = await this.query<{ since: Date | null }>(
      "SELECT max(since) AS since FROM past_kept WHERE table_name = ANY ($1) AND since > '-infinity'",
      [tables],
    );
    requireKept(row?.since ?? null, at, path);
  }

  private async queryPast<Row extends QueryResultRow>(past: Past, query: PastQuery): Promise<Row[]> {
    const client = await this.pool.connect();
    try {
      const rows = await readPast<Row>(client, this.schema, past, query);
      client.release();
      return rows;
    } catch (error) {
      client.release(!isDomainError(error));
      throw error;
    }
  }

  /** Commits when `work` settles, rolls back when it throws. Keep it short: a writer holds back every tail. */
  async transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    if (currentPast() !== undefined) throw new Error('Nothing is written in the past');
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      client.release();
      return result;
    } catch (error) {
      await client.query('ROLLBACK').then(
        () => client.release(),
        (broken: unknown) => client.release(broken instanceof Error ? broken : true),
      );
      throw error;
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.pool.end();
  }
}
