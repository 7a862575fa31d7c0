import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deviceChangedV1, ERASED, erasureCarriedOutV1, subjectOf, TOPICS } from '@brain/contracts';
import { createEventCodec, MasterKeyRing, PersonalData, PostgresEventStore, PostgresPersonKeys, rebuildReadTables, SealingEventStore } from '@brain/event-store';
import { eventually, MASTER_KEY } from '@brain/testing';
import pg from 'pg';
import { AREA, at, DEVICE, hotRule, message, person, startAlerting, storedEvent, type AlertingUnderTest } from '../alerting-service.fixture.js';
import { readTables } from '../replay.js';

const operator = person('olga', 'operator');
const codec = createEventCodec([deviceChangedV1, erasureCarriedOutV1]);
const NAME = '慕容婆婆的手环';
const HOT = 77.125;
const RULE = { ...hotRule, when: 'reading.temperature > 60.0 && max("temperature", "PT1M") > 60.0' };

describe('the alert of a worn device', () => {
  const wearerId = randomUUID();
  const subject = subjectOf('person', wearerId);
  let alerting: AlertingUnderTest;
  let pool: pg.Pool;
  let alertId: string;
  let second = 0;

  beforeAll(async () => {
    alerting = await startAlerting();
    pool = new pg.Pool({ connectionString: alerting.databaseUrl, max: 3 });
    await alerting.furnish();
    const worn = codec.encode({ type: 'DeviceChanged', data: { deviceId: DEVICE, name: NAME, kind: 'temperature', areaCode: AREA, location: { lng: 113.987654, lat: 22.5 }, wearerId } });
    // As it is on its way: sealed by whoever recorded it.
    const [sealed] = await new PersonalData(alerting.keys()).seal([{ streamId: `device-${DEVICE}`, expectedRevision: 'none', events: [{ ...storedEvent(`device-${DEVICE}`, 'sensor-ingestion', worn) }] }]);
    await alerting.publishEvent(TOPICS.deviceEvents, { ...storedEvent(`device-${DEVICE}`, 'sensor-ingestion', { type: worn.type, data: sealed?.events[0]?.data ?? {} }), revision: 1 });
    await eventually(async () => expect((await pool.query('SELECT FROM alerting.device_copy WHERE wearer_id = $1', [wearerId])).rowCount).toBe(1));
    await alerting.call(person('ada', 'administrator'), 'POST', '/api/rules', RULE);
    await eventually(async () => {
      await alerting.publishReadings({ ...message(at((second += 1), { temperature: HOT })), wearerId });
      expect(await list()).toHaveLength(1);
    });
    alertId = String((await list())[0]?.['alertId']);
  });
  afterAll(async () => {
    await pool.end();
    await alerting.stop();
  });

  const list = async (query = '') => (await alerting.call(operator, 'GET', `/api/alerts${query}`)).body.items ?? [];
  const one = async (query = '') => (await alerting.call(operator, 'GET', `/api/alerts/${alertId}${query}`)).body;
  const dump = async (...tables: readonly string[]) => {
    const found = await Promise.all(tables.map((table) => pool.query<{ line: string }>(`SELECT one::text AS line FROM ${table} AS one`)));
    return found.flatMap(({ rows }) => rows.map(({ line }) => line)).join('\n');
  };
  const telling = (text: string) => [NAME, String(HOT), '113.987654'].filter((word) => text.includes(word));
  const TABLES = ['alerting.alert_list', 'alerting.alert_list_past', 'alerting.device_copy'];

  it('tells who and what, and the record keeps that encrypted', async () => {
    // A repeat is told once in ten seconds of event time.
    await alerting.publishReadings({ ...message(at((second += 20), { temperature: HOT + 1 })), wearerId });
    await eventually(async () => expect(await list()).toMatchObject([{ deviceName: NAME, wearerId, location: { lng: 113.987654 }, reading: { values: { temperature: HOT + 1 } } }]));
    expect(telling(await dump('event_store.event'))).toEqual([]);
    expect(telling(await dump(...TABLES))).toEqual([NAME, String(HOT), '113.987654']);
  });

  it('shows neither to anybody once its wearer was erased, now, in the past and in a replay', async () => {
    const { history } = (await one()) as { history?: readonly { recordedAt: string }[] };
    await alerting.keys().destroy(subject, (await alerting.keys().keyIdOf(subject)) ?? '');
    const carriedOut = codec.encode({ type: 'ErasureCarriedOut', data: { subject, keyId: randomUUID(), at: '2026-11-22T02:00:00.000Z' } });
    await alerting.publishEvent(TOPICS.gridEvents, storedEvent(`erasure-person-${wearerId}`, 'grid-registry', carriedOut));
    await eventually(async () => expect(await list()).toMatchObject([{ alertId, deviceName: ERASED, location: null, reading: { values: {} }, state: 'ACTIVE_UNACK' }]));
    expect(await list(`?q=${encodeURIComponent(NAME)}`)).toEqual([]);
    expect(await list(`?at=${history?.[0]?.recordedAt ?? ''}`)).toMatchObject([{ alertId, deviceName: ERASED, location: null }]);
    expect(telling(JSON.stringify(await one()))).toEqual([]);
    expect(telling(await dump('alerting.alert_list', 'alerting.alert_list_past'))).toEqual([]);
    expect(await replay()).toEqual([]);
  });

  /** The tables of its own events that a replay would make otherwise. */
  async function replay() {
    const store = new SealingEventStore(new PostgresEventStore({ connectionString: alerting.databaseUrl }), new PersonalData(new PostgresPersonKeys(pool, MasterKeyRing.fromText(MASTER_KEY))));
    const projections = readTables.projections.filter(({ name }) => name === 'alert-list');
    const compared = await rebuildReadTables({ store, pool, ...readTables, projections, migrationsDir: fileURLToPath(new URL('../../migrations', import.meta.url)) });
    await store.close();
    return compared.filter(({ identical }) => !identical);
  }
});
