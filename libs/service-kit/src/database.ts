import type { OnModuleDestroy } from '@nestjs/common';
import pg, { type PoolClient, type QueryResultRow } from 'pg';

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
      max,
      options: `-c search_path=${schema}`,
      application_name: schema,
      connectionTimeoutMillis: 10_000,
    });
    // An idle connection that breaks must not end the process: the next query gets a new one.
    this.pool.on('error', onError);
    // Nor may one that breaks between two queries of a transaction: its next query says so.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  async query<Row extends QueryResultRow>(text: string, params: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.pool.query<Row>(text, [...params]);
    return result.rows;
  }

  /** Commits when `work` settles, rolls back when it throws. Keep it short: a writer holds back every tail. */
  async transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
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
