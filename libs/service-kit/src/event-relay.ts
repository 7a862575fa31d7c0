import { isDutyRecord, toCloudEvent } from '@brain/contracts';
import { newestOf, START_POSITION, type EventStore, type NewestEvent } from '@brain/event-store';
import type { MessageBus } from '@brain/message-bus';
import type { Database } from './database.js';
import { underLease } from './lease.js';

export interface EventRelayOptions {
  readonly store: EventStore;
  readonly bus: MessageBus;
  readonly database: Database;
  /** Only events of this service. */
  readonly service: string;
  readonly topic: string;
  readonly signal: AbortSignal;
  readonly onPublished: (count: number) => void;
}

/**
 * Publishes the service's committed events: tails the store, publishes keyed by stream id, then saves its position.
 * One relay per service at a time. A crash between publish and save repeats events, it never skips one.
 */
export async function relayEvents(options: EventRelayOptions): Promise<void> {
  const { store, bus, database, service, topic } = options;
  await underLease(database, `relay/${topic}`, options.signal, async (signal) => {
    const after = await savedPosition(database, topic);
    let saving: Promise<void> = Promise.resolve();
    for await (const batch of store.tail({ after, source: service, signal })) {
      // Only what was published is worth a write; a later start looks at the skipped ones again.
      const news = batch.events.filter(({ type }) => !isDutyRecord(type));
      if (news.length === 0) continue;
      await bus.publish(topic, news.map(toCloudEvent));
      options.onPublished(news.length);
      await saving;
      // Beside the next batch, which shall not wait for it: a crash repeats what it would have kept.
      saving = savePosition(database, topic, batch.position, newestOf(batch.events));
      saving.catch(() => undefined); // thrown by the next await
    }
    await saving;
  });
}

/** Where the relay goes on; its own table, made when first needed. */
export async function prepareRelay(database: Database): Promise<void> {
  await database.query(
    'CREATE TABLE IF NOT EXISTS relay_position (topic text PRIMARY KEY, position text NOT NULL)',
  );
  await database.query('ALTER TABLE relay_position ADD COLUMN IF NOT EXISTS newest json');
}

async function savedPosition(database: Database, topic: string): Promise<string> {
  const rows = await database.query<{ position: string }>('SELECT position FROM relay_position WHERE topic = $1', [topic]);
  return rows[0]?.position ?? START_POSITION;
}

async function savePosition(database: Database, topic: string, position: string, newest: NewestEvent | null): Promise<void> {
  await database.query(
    `INSERT INTO relay_position AS known (topic, position, newest) VALUES ($1, $2, $3)
     ON CONFLICT (topic) DO UPDATE SET position = excluded.position, newest = coalesce(excluded.newest, known.newest)`,
    [topic, position, newest === null ? null : JSON.stringify(newest)],
  );
}
