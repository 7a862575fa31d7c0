import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import type { DeviceView } from '@brain/contracts';
import { eventually } from '@brain/testing';
import { runServiceForTest, type Call, type RunningService } from './service.fixture.js';

const AREA = '440305001001';
const OTHER_AREA = '440306001001';
const MINE = 'v1/devices/me/telemetry';

interface Registered {
  readonly deviceId: string;
  readonly accessToken: string;
}
interface Problem {
  readonly code: string;
  readonly errors?: readonly { readonly path: string }[];
}
interface List<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}
interface Refused {
  readonly code: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly payload: string;
  readonly detail: string;
}

let service: RunningService;
let admin: Call;
const clients: MqttClient[] = [];

beforeAll(async () => {
  service = await runServiceForTest({ INGESTION_RATE_LIMIT: '20:1', INGESTION_OFFLINE_AFTER_SECONDS: '0.5' });
  admin = await service.as(['administrator'], ['*']);
  await Promise.all([AREA, OTHER_AREA].map((code) => service.addArea(code)));
  await eventually(async () => {
    expect(await register('first', OTHER_AREA)).toMatchObject({ status: 201 });
    expect(await register('first', AREA)).toMatchObject({ status: 201 });
  });
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.endAsync(true)));
});
afterAll(() => service.close());

const register = (name: string, areaCode = AREA, headers = {}) => admin<Registered>('POST', '/devices', { name, kind: 'temperature', areaCode }, headers);
const device = async (name: string) => (await register(name)).body;

async function connect(username: string, options: IClientOptions = {}, url = service.mqttUrl): Promise<MqttClient> {
  const client = await mqtt.connectAsync(url, { username, reconnectPeriod: 0, ...options });
  clients.push(client);
  return client;
}

const refusals = async (deviceId: string) => (await admin<List<Refused>>('GET', `/refused-messages?deviceId=${deviceId}`)).body.items;
const points = async (deviceId: string, metric = 't') =>
  (await admin<{ points: readonly { ts: number; value: unknown }[] }>('GET', `/telemetry/${deviceId}?metric=${metric}&from=0`)).body.points;

describe('a reading', () => {
  it('is stored, in all forms, and told back as points, buckets and latest value', async () => {
    const { deviceId, accessToken } = await device('reader');
    const client = await connect(accessToken);
    await client.publishAsync(MINE, '{"ts":1372896000000,"values":{"t":69.5,"open":true}}', { qos: 1 });
    await client.publishAsync('v2/t', '[{"ts":1372896060000,"values":{"t":"70.5"}}]', { qos: 1 });
    await client.publishAsync(`devices/${deviceId}/telemetry`, '{"t":71}', { qos: 1 });
    await eventually(async () => expect((await points(deviceId)).map(({ value }) => value)).toEqual([69.5, 70.5, 71]));
    const { body } = await admin<{ buckets: unknown[] }>('GET', `/telemetry/${deviceId}?metric=t&from=2013-07-04T00:00:00Z&to=2013-07-05T00:00:00Z&bucket=1h`);
    expect(body.buckets).toEqual([{ from: 1372896000000, min: 69.5, max: 70.5, avg: 70, sum: 140, count: 2, first: 69.5, last: 70.5 }]);
    const latest = await admin<{ items: unknown[] }>('GET', `/telemetry/${deviceId}/latest`);
    expect(latest.body.items).toMatchObject([{ metric: 'open', value: true }, { metric: 't', value: 71 }]);
  });

  it.each([
    ['mqtt', {}],
    ['mqttv3.1', { protocolId: 'MQIsdp', protocolVersion: 3 } as const],
  ])('comes in over WebSocket, too, by its subprotocol %s', async (_, version) => {
    const { deviceId, accessToken } = await device('browser');
    const client = await connect(accessToken, version, service.webSocketUrl);
    await client.publishAsync(MINE, '{"t":1}', { qos: 1 });
    await eventually(async () => expect(await points(deviceId)).toHaveLength(1));
  });

  it('is counted so that received = stored + duplicates + refused', async () => {
    const { deviceId, accessToken } = await device('counted');
    const client = await connect(accessToken);
    for (const payload of ['{"ts":1000000000000,"values":{"t":1}}', '{"ts":1000000000000,"values":{"t":1}}', '{"ts":1000000001000,"values":{"t":2}}', '{"t":']) {
      await client.publishAsync(MINE, payload.replace('10000000', '13000000'), { qos: 1 });
    }
    await eventually(async () => {
      const { body } = await admin<List<Record<'received' | 'stored' | 'duplicates' | 'refused', number>>>('GET', `/ingestion/counts?deviceId=${deviceId}`);
      const total = (what: 'received' | 'stored' | 'duplicates' | 'refused') => body.items.reduce((sum, row) => sum + row[what], 0);
      expect([total('received'), total('stored'), total('duplicates'), total('refused')]).toEqual([4, 2, 1, 1]);
    });
  });
});

describe('bad input over MQTT is acknowledged, listed with code and path, and stores nothing', () => {
  const yearAhead = () => Date.now() + 365 * 86_400_000;
  it.each([
    ['malformed JSON', () => '{"t":', 'PAYLOAD_NOT_JSON', ''],
    ['NaN', () => '{"t":NaN}', 'PAYLOAD_NOT_JSON', 't'],
    ['a number beyond all bounds', () => '{"t":1e999}', 'VALUE_NOT_FINITE', 't'],
    ['a timestamp a year ahead', () => JSON.stringify({ ts: yearAhead(), values: { t: 1 } }), 'TIMESTAMP_IN_FUTURE', 'ts'],
    ['a timestamp that is none', () => '{"ts":"now","values":{"t":1}}', 'TIMESTAMP_INVALID', 'ts'],
    ['nothing at all', () => '', 'PAYLOAD_NOT_JSON', ''],
  ])('%s', async (name, payload, code, path) => {
    const { deviceId, accessToken } = await device(name);
    const client = await connect(accessToken);
    await client.publishAsync(MINE, payload(), { qos: 1 });
    await eventually(async () => expect(await refusals(deviceId)).toMatchObject([{ code, path }]));
    expect(await points(deviceId)).toEqual([]);
  });

  it('a payload of 2 MB: its size and first 4 KiB are kept, and the connection goes on', async () => {
    const { deviceId, accessToken } = await device('large');
    const client = await connect(accessToken);
    await client.publishAsync(MINE, `{"t":"${'x'.repeat(2_000_000)}"}`, { qos: 1 });
    await client.publishAsync(MINE, '{"t":1}', { qos: 1 });
    await eventually(async () => expect(await refusals(deviceId)).toMatchObject([{ code: 'PAYLOAD_TOO_LARGE', sizeBytes: 2_000_008 }]));
    expect(Buffer.from((await refusals(deviceId))[0]?.payload ?? '', 'base64')).toHaveLength(4096);
    await eventually(async () => expect(await points(deviceId)).toHaveLength(1));
  });

  it('the topic of another device, and one that is nobody’s', async () => {
    const [one, other] = [await device('one'), await device('other')];
    const client = await connect(one.accessToken);
    await client.publishAsync(`devices/${other.deviceId}/telemetry`, '{"t":1}', { qos: 1 });
    await client.publishAsync('somewhere/else', '{"t":1}', { qos: 1 });
    await eventually(async () => {
      const found = await refusals(one.deviceId);
      expect(found.map(({ code, path }) => [code, path])).toEqual([['TOPIC_NOT_ALLOWED', 'topic'], ['TOPIC_NOT_ALLOWED', 'topic']]);
    });
    expect(await points(other.deviceId)).toEqual([]);
  });

  it('too many messages', async () => {
    const { deviceId, accessToken } = await device('chatty');
    const client = await connect(accessToken);
    await Promise.all(Array.from({ length: 30 }, () => client.publishAsync(MINE, '{"t":1}', { qos: 1 })));
    await eventually(async () => expect((await refusals(deviceId)).map(({ code }) => code)).toContain('RATE_LIMITED'));
  });
});

describe('a connection', () => {
  it('is refused with 4 without a token and with 5 for a wrong one', async () => {
    await expect(connect('')).rejects.toMatchObject({ code: 4 });
    await expect(connect('wrong')).rejects.toMatchObject({ code: 5 });
  });

  it('of a device that is retired is refused; one that is open is told by its next message, and ends', async () => {
    const { deviceId, accessToken } = await device('retiring');
    const client = await connect(accessToken);
    expect(await admin('POST', `/devices/${deviceId}/retire`, { reason: 'broken' })).toMatchObject({ status: 204 });
    await expect(connect(accessToken)).rejects.toMatchObject({ code: 5 });
    const ended = new Promise<void>((resolve) => client.once('close', () => resolve()));
    await eventually(async () => {
      if (client.connected) await client.publishAsync(MINE, '{"t":1}', { qos: 1 });
      expect((await refusals(deviceId)).map(({ code }) => code)).toContain('DEVICE_RETIRED');
    });
    await ended;
  });

  it('ends when its token is replaced, and the new token opens one', async () => {
    const { deviceId, accessToken } = await device('rotating');
    const client = await connect(accessToken);
    const ended = new Promise<void>((resolve) => client.once('close', () => resolve()));
    const { body } = await admin<Registered>('POST', `/devices/${deviceId}/token`);
    await ended;
    await expect(connect(accessToken)).rejects.toMatchObject({ code: 5 });
    await connect(body.accessToken);
  });

  it('is not ended by another device that uses the same client id', async () => {
    const [one, other] = [await device('twin 1'), await device('twin 2')];
    const first = await connect(one.accessToken, { clientId: 'sensor' });
    await connect(other.accessToken, { clientId: 'sensor' });
    await first.publishAsync(MINE, '{"t":1}', { qos: 1 });
    await eventually(async () => expect(await points(one.deviceId)).toHaveLength(1));
  });

  it('makes the device online, and its end, after the grace time, offline', async () => {
    const { deviceId, accessToken } = await device('present');
    const online = async () => (await admin<DeviceView>('GET', `/devices/${deviceId}`)).body.online;
    const client = await connect(accessToken);
    await eventually(async () => expect(await online()).toBe(true));
    await client.endAsync();
    await eventually(async () => expect(await online()).toBe(false));
  });
});

describe('the devices of the API', () => {
  it('are registered once per Idempotency-Key; the token is shown the first time only', async () => {
    const headers = { 'idempotency-key': 'device-17' };
    const [first, again] = [await register('same', AREA, headers), await register('same', AREA, headers)];
    expect(again.body).toMatchObject({ deviceId: first.body.deviceId, accessToken: null, detail: expect.stringContaining('first time') });
    expect(await register('another', AREA, headers)).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  it('are refused in an unknown area, with the path', async () => {
    expect(await admin<Problem>('POST', '/devices', { name: 'x', kind: 'y', areaCode: '999999' })).toMatchObject({
      status: 422,
      body: { code: 'AREA_UNKNOWN', errors: [{ path: 'areaCode' }] },
    });
  });

  it('change under If-Match, and not with a stale one', async () => {
    const { deviceId } = await device('before');
    const { etag } = await admin('GET', `/devices/${deviceId}`);
    const headers = { 'if-match': etag ?? '' };
    expect(await admin('PATCH', `/devices/${deviceId}`, { name: 'after' }, headers)).toMatchObject({ status: 200, body: { name: 'after', revision: 1 } });
    expect(await admin('PATCH', `/devices/${deviceId}`, { name: 'late' }, headers)).toMatchObject({ status: 412, body: { code: 'REVISION_STALE' } });
  });

  it('are listed in pages and found by name', async () => {
    for (const name of ['page a', 'page b', 'page c']) await device(name);
    const names = (list: List<DeviceView>) => list.items.map(({ name }) => name);
    await eventually(async () => expect(names((await admin<List<DeviceView>>('GET', '/devices?q=PAGE')).body)).toHaveLength(3));
    const first = await admin<List<DeviceView>>('GET', '/devices?q=page&limit=2');
    const second = await admin<List<DeviceView>>('GET', `/devices?q=page&limit=2&cursor=${first.body.nextCursor ?? ''}`);
    expect([names(first.body), names(second.body), second.body.nextCursor]).toEqual([['page a', 'page b'], ['page c'], null]);
  });

  it('come from a CSV, each line for itself', async () => {
    const csv = '\uFEFFname,kind,areaCode,lng,lat\n电梯 1,temperature,440305001001,113.9,22.5\nno area,temperature,999999,,\nbad place,temperature,440305001001,200,0\n';
    const { status, body } = await admin<{ imported: number; refused: unknown; devices: readonly (Registered & { name: string })[] }>('POST', '/devices/import', csv);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      imported: 1,
      refused: [{ line: 3, code: 'AREA_UNKNOWN', path: 'areaCode' }, { line: 4, code: 'VALIDATION_FAILED', path: 'lng' }],
      devices: [{ name: '电梯 1' }],
    });
    await connect(body.devices[0]?.accessToken ?? '');
  });

  it('come from a CSV in GBK, as spreadsheets write it', async () => {
    const csv = iconv.encode('name,kind,areaCode,lng,lat\n烟感探测器,smoke,440305001001,,\n', 'gbk');
    const { status, body } = await admin<{ imported: number; devices: readonly { name: string; deviceId: string }[] }>('POST', '/devices/import', csv);
    expect({ status, ...body }).toMatchObject({ status: 200, imported: 1, refused: [], devices: [{ name: '烟感探测器' }] });
    expect(await admin('GET', `/devices/${body.devices[0]?.deviceId ?? ''}`)).toMatchObject({ body: { name: '烟感探测器' } });
    const western = iconv.encode('name,kind,areaCode,lng,lat\nZürich é,smoke,440305001001,,\n', 'latin1');
    expect(await admin('POST', '/devices/import', western)).toMatchObject({ status: 422, body: { code: 'CSV_ENCODING_UNKNOWN' } });
  });

  it('sent as malformed JSON are refused with a code of their own, and registered by nobody', async () => {
    const answer = await admin<Problem>('POST', '/devices', '{"name":"broken', { 'content-type': 'application/json' });
    expect(answer).toMatchObject({ status: 400, body: { code: 'BODY_NOT_JSON', errors: [{ path: 'body' }] } });
  });

  it('get a new token once per Idempotency-Key', async () => {
    const { deviceId } = await device('rotated once');
    const rotate = () => admin<Registered>('POST', `/devices/${deviceId}/token`, undefined, { 'idempotency-key': 'rotate-1' });
    const [first, again] = [await rotate(), await rotate()];
    expect(again.body).toMatchObject({ accessToken: null, detail: expect.stringContaining('first time') });
    await connect(first.body.accessToken);
  });

  it('show themselves, their readings and their refusals only within the areas of the caller', async () => {
    const { deviceId, accessToken } = await device('private');
    const client = await connect(accessToken);
    await client.publishAsync(MINE, '{"t":', { qos: 1 });
    const stranger = await service.as(['operator'], [OTHER_AREA]);
    const far = await service.as(['administrator'], [OTHER_AREA]);
    const asked = async (id: string) => [
      ...(await Promise.all([`/devices/${id}`, `/telemetry/${id}?metric=t`, `/telemetry/${id}/latest`, `/ingestion/counts?deviceId=${id}`].map((path) => stranger('GET', path)))),
      await far('PUT', `/devices/${id}`, { name: 'x', kind: 'y', areaCode: OTHER_AREA }),
      await far('PATCH', `/devices/${id}`, { name: 'x' }),
      await far('POST', `/devices/${id}/retire`, {}),
      await far('DELETE', `/devices/${id}`),
      await far('POST', `/devices/${id}/token`),
    ];
    const unknown = await asked('00000000-0000-4000-8000-00000000dead');
    for (const answer of unknown) expect(answer).toMatchObject({ status: 404, body: { code: 'DEVICE_UNKNOWN' } });
    expect(await asked(deviceId)).toEqual(unknown);
    await eventually(async () => expect(await refusals(deviceId)).toHaveLength(1));
    expect(await stranger('GET', `/refused-messages?deviceId=${deviceId}`)).toMatchObject({ status: 200, body: { items: [] } });
    expect((await stranger<List<DeviceView>>('GET', '/devices')).body.items.map(({ areaCode }) => areaCode)).toEqual([OTHER_AREA]);
    expect(await stranger('POST', '/devices', { name: 'x', kind: 'y', areaCode: OTHER_AREA })).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_ALLOWED' } });
  });

  it('that do not exist are DEVICE_UNKNOWN', async () => {
    const nobody = '00000000-0000-4000-8000-00000000dead';
    for (const path of [`/devices/${nobody}`, `/telemetry/${nobody}?metric=t`, `/telemetry/${nobody}/latest`]) {
      expect(await admin('GET', path)).toMatchObject({ status: 404, body: { code: 'DEVICE_UNKNOWN' } });
    }
  });
});
