import { randomUUID } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import pg from 'pg';
import { installEventStore, PostgresEventStore, readStoreUrl } from '@brain/event-store';
import { loadEngines } from '@brain/service-kit';
import { freePort, startPostgres, tempDir } from '@brain/testing';
import { print } from './figures.js';

/** Who appends at once: as many in the baseline, which shares this many connections among them. */
const APPENDERS = 100;
const CONNECTIONS = 20;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 15);

/** Concurrent durable appends of one event each, on the engine that BRAIN_EVENT_STORE names. */
export async function append(): Promise<void> {
  const { eventStore } = loadEngines(process.env);
  await (eventStore.kind === 'postgres' ? onPostgres() : onEventStoreDb(eventStore.url));
}

/** Against the bare client, which appends in batches, on the same server in the same run: to new streams, and to growing ones. */
async function onEventStoreDb(url: string): Promise<void> {
  const engine = `EventStoreDB at ${(readStoreUrl(url)?.hosts ?? []).map(({ address, port }) => `${address}:${String(port)}`).join(',')}`;
  const { bareClient } = await import('./bare-eventstoredb.js');
  const { EventStoreDbEventStore } = await import('@brain/event-store/eventstoredb');
  const bare = bareClient(url);
  const store = new EventStoreDbEventStore({ url });
  const what = 'the bare client, in batches';
  const growing = Array.from({ length: APPENDERS }, () => `bench-${randomUUID()}`);
  const bareNew = await rate(() => bare.append(`bench-${randomUUID()}`, newEvent()));
  const ours = await rate(async () => {
    await store.append([{ streamId: `bench-${randomUUID()}`, expectedRevision: 'none', events: [newEvent()] }]);
  });
  const heads = new Map<string, number>();
  const grown = await rate(async (appender) => {
    const streamId = growing[appender] ?? '';
    const head = heads.get(streamId) ?? -1;
    await store.append([{ streamId, expectedRevision: head < 0 ? 'none' : head, events: [newEvent()] }]);
    heads.set(streamId, head + 1);
  });
  await Promise.all([store.close(), bare.close()]);
  const figure = `durable appends, ${String(APPENDERS)} at once`;
  const target = `>= ${String(Math.ceil(bareNew / 2))}`;
  print({ bench: 'append', engine, figure: `${figure}, each to a new stream`, value: ours, unit: 'events/s', target, baseline: { what, value: bareNew } });
  print({ bench: 'append', engine, figure: `${figure}, each to a stream that grows`, value: grown, unit: 'events/s', baseline: { what, value: bareNew } });
}

/** Against one transaction per event on the same server. */
async function onPostgres(): Promise<void> {
  const folder = await tempDir();
  await chmod(folder.path, 0o777); // the server may run as another user
  const server = await startPostgres({ dataDir: `${folder.path}/data`, port: await freePort(), password: randomUUID() });
  const url = server.url();
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await installEventStore(admin, { roles: [] });
  await admin.query('CREATE TABLE plain_event (LIKE event_store.event INCLUDING ALL)');

  const baseline = await onePerTransaction(url, 'plain_event');
  const engine = `PostgreSQL ${(await admin.query<{ server_version: string }>('SHOW server_version')).rows[0]?.server_version ?? ''}, embedded`;
  const announced = await onePerTransaction(url, 'event_store.event');
  const store = new PostgresEventStore({ connectionString: url });
  const grouped = await rate(async () => {
    const streamId = `bench-${randomUUID()}`;
    await store.append([{ streamId, expectedRevision: 'none', events: [newEvent()] }]);
  });
  await store.close();
  await admin.end();
  await server.stop();
  await folder.remove();
  const figure = `durable appends, ${String(APPENDERS)} at once`;
  const what = `one event per transaction, ${String(CONNECTIONS)} connections`;
  const target = `>= ${String(Math.ceil(2 * baseline))}`;
  // The first baseline tells nobody of its events: the plain table has the columns and indexes, not the announcement.
  print({ bench: 'append', engine, figure, value: grouped, unit: 'events/s', target, baseline: { what: `${what}, not announced`, value: baseline } });
  print({ bench: 'append', engine, figure, value: grouped, unit: 'events/s', baseline: { what: `${what}, announced to tails`, value: announced } });
}

async function onePerTransaction(connectionString: string, table: string): Promise<number> {
  const pool = new pg.Pool({ connectionString, max: CONNECTIONS });
  const perSecond = await rate(async () => {
    const { eventId, type, data, metadata } = newEvent();
    await pool.query(
      `INSERT INTO ${table} (stream_id, revision, event_id, type, data, metadata) VALUES ($1, 0, $2, $3, $4, $5)`,
      [`bench-${eventId}`, eventId, type, data, metadata],
    );
  });
  await pool.end();
  return perSecond;
}

function newEvent() {
  return {
    eventId: randomUUID(),
    type: 'case-management.case-accepted.v1',
    data: { caseId: randomUUID(), by: 'bench', at: new Date().toISOString() },
    metadata: {
      source: 'case-management',
      time: new Date().toISOString(),
      correlationId: randomUUID(),
      causationId: randomUUID(),
      actor: { type: 'system', id: 'bench' },
    } as const,
  };
}

async function rate(once: (appender: number) => Promise<void>): Promise<number> {
  const start = performance.now();
  const until = start + SECONDS * 1000;
  let done = 0;
  await Promise.all(
    Array.from({ length: APPENDERS }, async (_, appender) => {
      while (performance.now() < until) {
        await once(appender);
        done += 1;
      }
    }),
  );
  return done / ((performance.now() - start) / 1000);
}
