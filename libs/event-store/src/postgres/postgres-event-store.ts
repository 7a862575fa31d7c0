import pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { isPassingFault, type StoredEvent } from '@brain/contracts';
import { refuseTooLarge } from '../append-limit.js';
import type { AppendResult, EventStore, ReadAllOptions, StreamAppend, TailBatch, TailOptions } from '../event-store.port.js';
import { Wakeups } from '../wakeups.js';
import { appendGroup } from './append-group.js';
import { AppendQueue } from './append-queue.js';
import { MissedNews } from './missed-news.js';
import { NotificationListener } from './notification-listener.js';
import { readHorizon, readNewest, readPage, readStreamPage } from './read-events.js';

export interface PostgresEventStoreOptions {
  readonly connectionString: string;
  /** Default `event_store`. */
  readonly schema?: string;
  /** Default 4; one more listens. */
  readonly maxConnections?: number;
  readonly applicationName?: string;
  /** A lost notification is made up for after this long. Default 5,000. */
  readonly pollMs?: number;
  /** Told of lost connections; the store goes on by itself. */
  readonly onError?: (error: unknown) => void;
}

const PAGE = 1_000;
const WRITERS = 2;
const MAX_GROUP = 200;
const HELD_BACK_PAUSES_MS = [1, 2, 5, 10, 20, 50];
const RECONNECT_PAUSE_MS = 250;

/** The record on PostgreSQL. Its tables are made by `installEventStore`. */
export class PostgresEventStore implements EventStore {
  readonly appendsToSeveralStreams = true;
  private readonly pool: pg.Pool;
  private readonly schema: string;
  private readonly table: string;
  private readonly wakeups = new Wakeups();
  private readonly listener: NotificationListener;
  private readonly queue: AppendQueue;
  private readonly missed: MissedNews;
  private readonly onError: (error: unknown) => void;

  constructor(options: PostgresEventStoreOptions) {
    const { connectionString, schema = 'event_store', maxConnections = 4, applicationName, pollMs = 5_000 } = options;
    const connection = { connectionString, keepAlive: true, application_name: applicationName ?? 'event-store' };
    this.onError = options.onError ?? (() => undefined);
    this.schema = pg.escapeIdentifier(schema);
    this.table = `${this.schema}.event`;
    // Opening a connection costs more than many queries: one stays however long nothing comes, the others for a minute.
    this.pool = new pg.Pool({ ...connection, min: 1, max: maxConnections, idleTimeoutMillis: 60_000 });
    this.pool.on('error', this.onError);
    // A connection that breaks between two queries of a transaction says so at the next; it must not end the process.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
    this.missed = new MissedNews({
      head: () => this.headPosition(),
      pollMs,
      onGrown: () => this.wakeups.wake(),
      onDeaf: () => this.listener.reconnect(),
    });
    const { wakeups, onError } = this;
    this.listener = new NotificationListener({ connection, channel: schema, wakeups, onTold: () => this.missed.told(), onError });
    this.queue = new AppendQueue((group) => appendGroup(this.pool, this.table, group), WRITERS, MAX_GROUP);
  }

  async append(appends: readonly StreamAppend[]): Promise<AppendResult> {
    refuseTooLarge(appends);
    return this.queue.append(appends);
  }

  async *readStream(streamId: string, options: { readonly fromRevision?: number } = {}): AsyncIterable<StoredEvent> {
    for (let from = options.fromRevision ?? 0; ; ) {
      const page = await readStreamPage(this.pool, this.table, streamId, { direction: 'forwards', from, limit: PAGE });
      yield* page;
      if (page.length < PAGE) return;
      from += PAGE;
    }
  }

  async *readStreamBackwards(streamId: string, options: { readonly limit?: number } = {}): AsyncIterable<StoredEvent> {
    let { limit: left = Number.MAX_SAFE_INTEGER } = options;
    for (let from = Number.MAX_SAFE_INTEGER; left > 0; left -= PAGE) {
      const limit = Math.min(left, PAGE);
      const page = await readStreamPage(this.pool, this.table, streamId, { direction: 'backwards', from, limit });
      yield* page;
      const last = page.at(-1);
      if (page.length < PAGE || last === undefined) return;
      from = last.revision - 1;
    }
  }

  async *readAll(options: ReadAllOptions): AsyncIterable<StoredEvent> {
    const until = earlier((await readHorizon(this.pool, this.table)).position, options.until);
    const { pageSize = PAGE } = options;
    for (let { after } = options; after < until; ) {
      const page = await readPage(this.pool, this.table, { ...options, after, until }, pageSize);
      yield* page;
      const last = page.at(-1);
      if (page.length < pageSize || last === undefined) return;
      after = last.position;
    }
  }

  async *tail(options: TailOptions): AsyncIterable<TailBatch> {
    const { signal, until } = options;
    this.listener.start();
    const waiter = this.wakeups.waiter(options);
    const unfollow = this.missed.follow();
    let heldBackFor = 0;
    try {
      for (let { after } = options; !signal.aborted && (until === undefined || after < until); ) {
        const looked = await this.lookUntilReachable(options, after);
        if (looked === undefined) return;
        if (looked.position > after) {
          heldBackFor = 0;
          after = looked.position;
          yield looked;
        } else if (looked.isHeldBack) {
          // An older transaction ends without telling anybody: ask again soon.
          await waiter.wait(HELD_BACK_PAUSES_MS[heldBackFor] ?? 50, signal);
          heldBackFor += 1;
        } else {
          heldBackFor = 0;
          await waiter.wait(Infinity, signal);
        }
      }
    } finally {
      unfollow();
      waiter.close();
    }
  }

  async headPosition(): Promise<string> {
    return (await readHorizon(this.pool, this.table)).position;
  }

  async storeId(): Promise<string | undefined> {
    const { rows } = await this.pool.query<{ store_id: string }>(`SELECT store_id FROM ${this.schema}.store_identity`);
    return rows[0]?.store_id;
  }

  /** Its installation has given it one. */
  async nameStore(storeId: string): Promise<string> {
    return (await this.storeId()) ?? storeId;
  }

  knowsUpTo(): void {
    // it knows its end
  }

  async ping(): Promise<void> {
    await this.headPosition();
  }

  newestPosition(): Promise<string> {
    return readNewest(this.pool, this.table);
  }

  async close(): Promise<void> {
    await this.listener.close();
    await this.pool.end();
  }

  /** The next batch; its position is `after` when there is nothing new. Undefined when aborted while unreachable. */
  private async lookUntilReachable(options: TailOptions, after: string) {
    for (;;) {
      try {
        return await this.look(options, after);
      } catch (error) {
        if (options.signal.aborted) return undefined;
        if (!isPassingFault(error)) throw error;
        this.onError(error);
        await pause(RECONNECT_PAUSE_MS, undefined, { signal: options.signal }).catch(() => undefined);
      }
    }
  }

  private async look(options: TailOptions, after: string): Promise<TailBatch & { readonly isHeldBack: boolean }> {
    const { batchSize = 500 } = options;
    const { position, isHeldBack } = await readHorizon(this.pool, this.table, options);
    const until = earlier(position, options.until);
    if (until <= after) return { events: [], position: after, isHeldBack };
    const events = await readPage(this.pool, this.table, { ...options, after, until }, batchSize);
    const last = events.length < batchSize ? undefined : events.at(-1);
    return { events, position: last?.position ?? until, isHeldBack };
  }
}

function earlier(position: string, until: string | undefined): string {
  return until !== undefined && until < position ? until : position;
}
