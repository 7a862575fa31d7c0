import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ERASED, subjectOf, type DeviceView } from '@brain/contracts';
import { MasterKeyRing, PostgresPersonKeys } from '@brain/event-store';
import { eventually, MASTER_KEY, wholeDatabase } from '@brain/testing';
import mqtt from 'mqtt';
import pg from 'pg';
import { runServiceForTest, type Call, type RunningService } from '../service.fixture.js';

const AREA = '440305001001';
const NAME = '慕容婆婆的手环';
const HEART = 171.25;
const TOPIC = 'v1/devices/me/telemetry';

interface Registered {
  readonly deviceId: string;
  readonly accessToken: string;
}

describe('a worn device', () => {
  const wearerId = randomUUID();
  let service: RunningService;
  let admin: Call;
  let pool: pg.Pool;
  let keys: PostgresPersonKeys;
  let worn: Registered;
  let mounted: Registered;

  beforeAll(async () => {
    service = await runServiceForTest({ INGESTION_ERASURE_POLL_MS: '20' });
    pool = new pg.Pool({ connectionString: service.databaseUrl, max: 2 });
    keys = new PostgresPersonKeys(pool, MasterKeyRing.fromText(MASTER_KEY));
    admin = await service.as(['administrator'], ['440305']);
    await service.addArea(AREA);
    const profile = { kind: 'wristband', areaCode: AREA, location: { lng: 113.987654, lat: 22.54 } };
    const register = async (body: object) => (await admin<Registered>('POST', '/devices', body)).body;
    await eventually(async () => expect((await admin('POST', '/devices', { ...profile, name: 'probe', location: null })).status).toBe(201));
    worn = await register({ ...profile, name: NAME, wearerId: wearerId.toUpperCase() });
    mounted = await register({ ...profile, name: 'lift room', location: null });
  });
  afterAll(async () => {
    await pool.end();
    await service.close();
  });

  const publish = async ({ accessToken }: Registered, ...payloads: readonly string[]) => {
    const client = await mqtt.connectAsync(service.mqttUrl, { username: accessToken, reconnectPeriod: 0 });
    for (const payload of payloads) await client.publishAsync(TOPIC, payload, { qos: 1 });
    await client.endAsync();
  };
  const latest = async ({ deviceId }: Registered) => (await admin<{ items: { metric: string; value: unknown }[] }>('GET', `/telemetry/${deviceId}/latest`)).body.items;
  const refused = async ({ deviceId }: Registered) =>
    (await admin<{ items: { payload: string }[] }>('GET', `/refused-messages?deviceId=${deviceId}`)).body.items.map(({ payload }) => Buffer.from(payload, 'base64').toString());
  const eraseKey = async (id: string) => {
    const subject = subjectOf('person', id);
    await keys.destroy(subject, (await keys.keyIdOf(subject)) ?? '');
  };
  const telling = (dump: string) => [NAME, JSON.stringify(NAME).slice(1, -1), String(HEART), '113.987654', 'fell twice'].filter((word) => dump.includes(word));

  it('shows its wearer and what it measures, and keeps all of that encrypted in the record and on the bus', async () => {
    await publish(worn, JSON.stringify({ heartRate: HEART }), '{"note": fell twice');
    await publish(mounted, JSON.stringify({ temperature: 61.5 }));
    await eventually(async () => expect(await latest(worn)).toMatchObject([{ metric: 'heartRate', value: HEART }]));
    await eventually(async () => expect(await refused(worn)).toEqual([expect.stringContaining('fell twice')]));
    expect((await admin<DeviceView>('GET', `/devices/${worn.deviceId}`)).body).toMatchObject({ name: NAME, wearerId, location: { lng: 113.987654 } });
    for (const schema of ['event_store', 'message_bus']) expect(telling(await wholeDatabase(service.databaseUrl, [schema]))).toEqual([]);
    expect(await wholeDatabase(service.databaseUrl, ['message_bus'])).toContain('61.5');
  });

  it('is out of use once its wearer was erased, and nothing of them is left anywhere', async () => {
    await service.personErased(wearerId);
    await eraseKey(wearerId);
    await eventually(async () => expect((await admin<DeviceView>('GET', `/devices/${worn.deviceId}`)).body).toMatchObject({ name: ERASED, location: null, state: 'retired' }));
    await eventually(async () => expect(telling(await wholeDatabase(service.databaseUrl))).toEqual([]));
    expect(await latest(worn)).toEqual([]);
    expect(await refused(worn)).toEqual([]);
    expect(await latest(mounted)).toMatchObject([{ metric: 'temperature', value: 61.5 }]);
    await eventually(async () => {
      const { rows } = await pool.query("SELECT data FROM event_store.event WHERE type = 'sensor-ingestion.wearer-forgotten.v1'");
      expect(rows).toMatchObject([{ data: { wearerId, devices: 1 } }]);
    });
    expect((await admin<{ items: DeviceView[] }>('GET', `/devices?q=${encodeURIComponent(NAME)}`)).body.items).toEqual([]);
  });

  it('is no longer listened to, and its wearer is given no other', async () => {
    await expect(publish(worn, '{"heartRate": 60}')).rejects.toThrow();
    const other = { name: 'another', kind: 'wristband', areaCode: AREA, wearerId };
    expect(await admin('POST', '/devices', other)).toMatchObject({ status: 422, body: { code: 'WEARER_ERASED', errors: [{ path: 'wearerId' }] } });
    expect(await admin('PATCH', `/devices/${mounted.deviceId}`, { wearerId })).toMatchObject({ status: 422, body: { code: 'WEARER_ERASED' } });
  });

  it('that went on to another keeps what it measured on them alone', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    const file = `name,kind,areaCode,lng,lat,wearerId\nband,wristband,${AREA},,,${first}\n`;
    const { body } = await admin<{ devices: Registered[] }>('POST', '/devices/import', file);
    const band = body.devices[0] ?? worn;
    await publish(band, JSON.stringify({ heartRate: 100 }), '{"note": the first');
    await eventually(async () => expect(await latest(band)).toMatchObject([{ value: 100 }]));
    await eventually(async () => expect(await refused(band)).toEqual([expect.stringContaining('the first')]));
    expect((await admin<DeviceView>('PATCH', `/devices/${band.deviceId}`, { wearerId: second, name: 'band two' })).body).toMatchObject({ wearerId: second });
    await eventually(async () => {
      await publish(band, JSON.stringify({ heartRate: 70 }));
      expect(await latest(band)).toMatchObject([{ value: 70 }]);
    });
    await publish(band, '{"note": the second');
    await eventually(async () => expect(await refused(band)).toHaveLength(2));
    await service.personErased(first);
    await eraseKey(first);
    await eventually(async () => {
      const { rows } = await pool.query<{ data: { wearerId: string } }>("SELECT data FROM event_store.event WHERE type = 'sensor-ingestion.wearer-forgotten.v1'");
      expect(rows.map(({ data }) => data.wearerId)).toContain(first);
    });
    const points = await admin<{ points: { value: number }[] }>('GET', `/telemetry/${band.deviceId}?metric=heartRate`);
    expect(new Set(points.body.points.map(({ value }) => value))).toEqual(new Set([70]));
    expect(await refused(band)).toEqual([expect.stringContaining('the second')]);
    expect((await admin<DeviceView>('GET', `/devices/${band.deviceId}`)).body).toMatchObject({ name: 'band two', state: 'registered' });
  });
});
