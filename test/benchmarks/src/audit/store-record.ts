import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { MasterKeyRing, PersonalData, PostgresPersonKeys, type NewEvent } from '@brain/event-store';
import { freePort, startPostgres } from '@brain/testing';
import { inBatches } from './in-batches.js';
import { simulatedRecord } from '../simulated/simulated-record.js';
import type { TimedEvent } from '../simulated/storyteller.js';
import { standAtTheEnd } from './stand-at-the-end.js';

const BATCH = 2_000;
const SETTINGS = { shared_buffers: '96MB', max_wal_size: '2GB', maintenance_work_mem: '256MB' };

/**
 * Stores a simulated record in the folder of a product that is stopped: sealed as in production, under the times at
 * which it would have been stored, and with every service told that it has seen all of it. Each may be retold first.
 */
export async function storeRecord(dataDir: string, count: number, onStored: (stored: number) => void, retold: (event: NewEvent) => NewEvent = (event) => event): Promise<void> {
  const { postgresPassword: password } = JSON.parse(await readFile(path.join(dataDir, 'secrets.json'), 'utf8')) as { postgresPassword: string };
  const server = await startPostgres({ dataDir: path.join(dataDir, 'postgres'), port: await freePort(), password, settings: SETTINGS });
  const pool = new pg.Pool({ connectionString: server.url('brain'), max: 4 });
  pool.on('error', () => undefined); // the server ends before the last connection has closed
  try {
    const personalData = new PersonalData(new PostgresPersonKeys(pool, MasterKeyRing.fromFile(path.join(dataDir, 'keys/master-keys'))));
    let stored = 0;
    let storing: Promise<void> = Promise.resolve();
    for (const batch of inBatches(simulatedRecord(count, Date.now()), BATCH)) {
      const sealed = await seal(personalData, batch.map((timed) => ({ ...timed, event: retold(timed.event) })));
      await storing; // the next batch is made while this one is written
      storing = store(pool, sealed);
      storing.catch(() => undefined); // thrown by the next await
      onStored((stored += batch.length));
    }
    await storing;
    await standAtTheEnd(pool);
    await pool.query('VACUUM ANALYZE event_store.event');
  } finally {
    await pool.end();
    await server.stop();
  }
}

async function seal(personalData: PersonalData, batch: readonly TimedEvent[]): Promise<readonly TimedEvent[]> {
  const appends = batch.map(({ streamId, event }) => ({ streamId, expectedRevision: 'any' as const, events: [event] }));
  const sealed = await personalData.seal(appends);
  return batch.map((timed, index) => ({ ...timed, event: sealed[index]?.events[0] ?? timed.event }));
}

async function store(pool: pg.Pool, batch: readonly TimedEvent[]): Promise<void> {
  await pool.query(
    `INSERT INTO event_store.event (stream_id, revision, event_id, type, data, metadata, recorded_at)
     SELECT stream_id, revision, event_id, type, data::json, metadata::json, to_timestamp(at / 1000)
     FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::float8[])
       WITH ORDINALITY AS new (stream_id, revision, event_id, type, data, metadata, at, place) ORDER BY place`,
    [
      batch.map(({ streamId }) => streamId),
      batch.map(({ revision }) => revision),
      batch.map(({ event }) => event.eventId),
      batch.map(({ event }) => event.type),
      batch.map(({ event }) => JSON.stringify(event.data)),
      batch.map(({ event }) => JSON.stringify(event.metadata)),
      batch.map(({ at }) => at),
    ],
  );
}
