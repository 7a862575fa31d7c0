import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { migrate } from '@brain/event-store';
import type { StoredEvent } from '@brain/contracts';
import { testDatabase, type TestDatabase } from '@brain/testing';
import { deviceListProjection } from './device-list.projection.js';
import { deviceCodec } from './device.codec.js';
import type { DeviceEvent } from './domain/device.events.js';

const migrationsDir = fileURLToPath(new URL('../../migrations', import.meta.url));
const AT = '2026-03-01T08:00:00.000Z';
const devices = ['0190f2f2-7a52-7cc4-8e1b-0d6f3f1f0a11', '0190f2f2-7a52-7cc4-8e1b-0d6f3f1f0a12'];

let server: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  server = await testDatabase();
  client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await migrate(client, 'sensor_ingestion', migrationsDir);
  await client.query('SET search_path TO sensor_ingestion, public');
});
afterAll(async () => {
  await client.end();
  await server.drop();
});

const profile = { name: 'lift', kind: 'temperature', areaCode: '440305001001', location: { lng: 113.9, lat: 22.5 } };
const happening = (deviceId: string): fc.Arbitrary<DeviceEvent> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<DeviceEvent>({ type: 'DeviceCameOnline', data: { deviceId, at: AT } }) },
    { weight: 4, arbitrary: fc.constant<DeviceEvent>({ type: 'DeviceWentOffline', data: { deviceId, at: AT } }) },
    fc.string().map<DeviceEvent>((name) => ({ type: 'DeviceChanged', data: { deviceId, ...profile, name: `lift ${name.replaceAll('\0', '')}` } })),
    fc.constant<DeviceEvent>({ type: 'DeviceTokenRotated', data: { deviceId } }),
    fc.constant<DeviceEvent>({ type: 'DeviceRetired', data: { deviceId, reason: 'broken' } }),
  );
const history = fc.array(fc.constantFrom(...devices).chain(happening), { minLength: 1, maxLength: 30 });

function stored(events: readonly DeviceEvent[]): readonly StoredEvent[] {
  const registered = devices.map<DeviceEvent>((deviceId) => ({ type: 'DeviceRegistered', data: { deviceId, ...profile } }));
  return [...registered, ...events].map((event, revision) => ({
    ...deviceCodec.encode(event),
    eventId: '0190f2f2-7a52-7cc4-8e1b-0d6f3f1f0aff',
    streamId: `device-${event.data.deviceId}`,
    revision,
    position: String(revision),
    metadata: { source: 'sensor-ingestion', time: AT, correlationId: 'c', causationId: 'c', actor: { type: 'system', id: 'test' } },
    recordedAt: AT,
  }));
}

it('is the same whether events came one by one or many at once', async () => {
  const rowsAfter = async (work: () => Promise<void> | undefined) => {
    await client.query('TRUNCATE device_list, device_wearer');
    await work();
    return (await client.query<Record<string, unknown>>('SELECT * FROM device_list ORDER BY device_id')).rows;
  };
  await fc.assert(
    fc.asyncProperty(history, async (happened) => {
      const events = stored(happened);
      const inTurn = await rowsAfter(async () => {
        for (const event of events) await deviceListProjection.apply(client, event);
      });
      expect(inTurn).toHaveLength(devices.length);
      expect(await rowsAfter(() => deviceListProjection.applyMany?.(client, events, () => Promise.resolve()))).toEqual(inTurn);
    }),
    { numRuns: 60 },
  );
});
