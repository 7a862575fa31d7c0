import pg from 'pg';
import { busError } from './engine-errors.js';
import { checkedSchemaName } from './schema-name.js';

export interface EngineOptions {
  readonly connectionString: string;
  /** Default `message_bus`. */
  readonly schema?: string;
  /** Concurrent flushes of publishers, and one more connection for what must survive a crash. Default 2. */
  readonly publishConnections?: number;
  /** Shared by all subscriptions. Default 2. */
  readonly consumeConnections?: number;
}

type Values = readonly unknown[];

/** The connections of one bus. All statements are single and short: no transaction stays open between two of them. */
export class PostgresEngine {
  readonly schema: string;
  readonly flushes: number;
  readonly #config: pg.ClientConfig;
  readonly #durable: pg.Pool;
  readonly #relaxed: pg.Pool;

  constructor({ connectionString, schema, publishConnections = 2, consumeConnections = 2 }: EngineOptions) {
    this.schema = checkedSchemaName(schema);
    this.flushes = publishConnections;
    this.#config = {
      connectionString,
      application_name: 'message-bus',
      connectionTimeoutMillis: 5_000,
      query_timeout: 15_000,
      keepAlive: true,
    };
    this.#durable = this.#pool(publishConnections + 1, '');
    // An offset or lease lost in a crash of the server means a repeat, which consumers can take; waiting for the
    // disk at every commit of an offset is what they could not.
    this.#relaxed = this.#pool(consumeConnections, '-c synchronous_commit=off');
  }

  /** For what must not be lost once it is acknowledged. */
  durable<Row extends pg.QueryResultRow>(text: string, values: Values = []): Promise<Row[]> {
    return query<Row>(this.#durable, text, values);
  }

  /** For what may be repeated after a crash of the server. */
  relaxed<Row extends pg.QueryResultRow>(text: string, values: Values = []): Promise<Row[]> {
    return query<Row>(this.#relaxed, text, values);
  }

  /** A connection of its own, for LISTEN. */
  client(): pg.Client {
    return new pg.Client(this.#config);
  }

  async close(): Promise<void> {
    await Promise.all([this.#durable.end(), this.#relaxed.end()]);
  }

  #pool(max: number, options: string): pg.Pool {
    // Opening a connection costs more than many queries: one stays however long nothing comes, the others for a minute.
    const kept = { min: 1, max, idleTimeoutMillis: 60_000 };
    const pool = new pg.Pool({ ...this.#config, ...kept, options: `-c search_path=${this.schema} ${options}` });
    // An idle connection broke, as when the server restarts: the pool replaces it at the next query.
    pool.on('error', () => undefined);
    // One that breaks between two queries of a transaction says so at the next.
    pool.on('connect', (client) => client.on('error', () => undefined));
    return pool;
  }
}

async function query<Row extends pg.QueryResultRow>(pool: pg.Pool, text: string, values: Values): Promise<Row[]> {
  try {
    const { rows } = await pool.query<Row>({ name: nameOf(text), text, values: [...values] });
    return rows;
  } catch (error) {
    throw busError(error);
  }
}

const names = new Map<string, string>();

/** Each statement is prepared once per connection: these are few, and planning them costs more than running them. */
function nameOf(text: string): string {
  const name = names.get(text) ?? `bus-${String(names.size)}`;
  names.set(text, name);
  return name;
}
