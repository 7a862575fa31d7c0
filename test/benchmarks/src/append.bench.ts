import { randomUUID } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import pg from 'pg';
import { installEventStore, PostgresEventStore } from '@brain/event-store';
import { freePort, startPostgres, tempDir } from '@brain/testing';
import { print } from './figures.js';

/** Who appends at once: as many in the baseline, which shares this many connections among them. */
const APPENDERS = 100;
const CONNECTIONS = 20;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 15);

/** Concurrent durable appends of one event each, against one transaction per event on the same server. */
export async function append(): Promise<void> {
  const folder = await tempDir();
  await chmod(folder.path, 0o777); // the server may run as another user
  const server = await startPostgres({ dataDir: `${folder.path}/data`, port: await freePort(), password: randomUUID() });
  const url = server.url();
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await installEventStore(admin, { roles: [] });
  await admin.query('CREATE TABLE plain_event (LIKE event_store.event INCLUDING ALL)');

  const baseline = await onePerTransaction(url, 'plain_event');
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
  print({ bench: 'append', figure, value: grouped, unit: 'events/s', target, baseline: { what: `${what}, not announced`, value: baseline } });
  print({ bench: 'append', figure, value: grouped, unit: 'events/s', baseline: { what: `${what}, announced to tails`, value: announced } });
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

async function rate(once: () => Promise<void>): Promise<number> {
  const start = performance.now();
  const until = start + SECONDS * 1000;
  let done = 0;
  await Promise.all(
    Array.from({ length: APPENDERS }, async () => {
      while (performance.now() < until) {
        await once();
        done += 1;
      }
    }),
  );
  return done / ((performance.now() - start) / 1000);
}
