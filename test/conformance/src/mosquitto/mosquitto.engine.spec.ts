import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiClient } from '@brain/local/api-client';
import type { RunningProduct } from '@brain/test-e2e';
import { eventually } from '@brain/testing';
import { testAuthority } from './certificates.js';
import { IngestionProcess } from './ingestion-process.js';
import type { MosquittoServer } from './mosquitto-server.js';
import { acknowledgedSoFar, moreAcknowledged, PATIENT, ProductBehindMosquitto, reading, topicOf } from './product-behind-mosquitto.js';
import { signIn, type Acknowledgement, type DeviceAccount } from './sending-device.js';
import { countsOf } from './stored-readings.js';

describe('devices behind Mosquitto', () => {
  let all: ProductBehindMosquitto;
  let broker: MosquittoServer;
  let product: RunningProduct;
  let admin: ApiClient;

  beforeAll(async () => {
    all = await ProductBehindMosquitto.start();
    ({ broker, product, admin } = all);
  }, 180_000);
  afterAll(() => all.stop(), 60_000);

  it.each([['MQTT 5', 5], ['MQTT 3.1.1', 4]] as const)('send with %s, and their readings are stored', async (name, protocolVersion) => {
    const device = await all.newDevice(name);
    const client = await signIn(broker.url, device, { protocolVersion });
    await client.publishAsync(topicOf(device), reading(all.from + 1), { qos: 1 });
    await client.publishAsync(topicOf(device), reading(all.from + 2), { qos: 1 });
    await client.endAsync();
    await eventually(async () => expect(await all.stored(device)).toEqual([all.from + 1, all.from + 2]), PATIENT);
  }, 60_000);

  it('cannot publish as another', async () => {
    const [ana, bob] = [await all.newDevice('ana'), await all.newDevice('bob')];
    const client = await signIn(broker.url, ana, { protocolVersion: 5 });
    await expect(client.publishAsync(topicOf(bob), reading(all.from + 1), { qos: 1 })).rejects.toMatchObject({ code: 135 });
    await client.endAsync();
    // A 3.1.1 PUBACK cannot say no: the broker takes the message and drops it.
    const old = await signIn(broker.url, ana, { protocolVersion: 4 });
    await old.publishAsync(topicOf(bob), reading(all.from + 2), { qos: 1 });
    await old.endAsync();
    const other = await signIn(broker.url, bob);
    await other.publishAsync(topicOf(bob), reading(all.from + 3), { qos: 1 });
    await other.endAsync();
    await eventually(async () => expect(await all.stored(bob)).toEqual([all.from + 3]), PATIENT);
    expect(await countsOf(admin, bob.deviceId)).toMatchObject({ received: 1 });
  }, 60_000);

  it('cannot listen to each other', async () => {
    const [ana, bob] = [await all.newDevice('curious'), await all.newDevice('private')];
    const client = await signIn(broker.url, ana);
    await expect(client.subscribeAsync(topicOf(bob), { qos: 1 })).rejects.toThrow();
    await expect(client.subscribeAsync('#', { qos: 1 })).rejects.toThrow();
    await client.endAsync();
  }, 60_000);

  it('are refused visibly when a payload cannot be read', async () => {
    const device = await all.newDevice('broken');
    const client = await signIn(broker.url, device);
    await client.publishAsync(topicOf(device), '{"t":', { qos: 1 });
    await client.endAsync();
    await eventually(async () => {
      const { items } = await admin.get<{ items: unknown[] }>(`/api/refused-messages?deviceId=${device.deviceId}`);
      expect(items).toMatchObject([{ code: 'PAYLOAD_NOT_JSON' }]);
    }, PATIENT);
  }, 60_000);

  it('are online by what they send, and offline by their last will', async () => {
    const device = await all.newDevice('willing');
    const will = { topic: `devices/${device.deviceId}/status`, payload: Buffer.from('offline'), qos: 1 as const, retain: false };
    const client = await signIn(broker.url, device, { will });
    await client.publishAsync(topicOf(device), reading(all.from + 1), { qos: 1 });
    const online = async () => (await admin.get<{ online: boolean }>(`/api/devices/${device.deviceId}`)).online;
    await eventually(async () => expect(await online()).toBe(true), PATIENT);
    client.stream.destroy(); // no goodbye: the broker speaks for it
    await client.endAsync(true);
    await eventually(async () => expect(await online()).toBe(false), { timeoutMs: 90_000, everyMs: 500 });
  }, 180_000);

  it('are cut off when their token is replaced, and let in with the new one', async () => {
    const device = await all.newDevice('rotated');
    const client = await signIn(broker.url, device);
    const cutOff = new Promise<void>((resolve) => client.once('close', () => resolve()));
    const { accessToken } = await admin.post<DeviceAccount>(`/api/devices/${device.deviceId}/token`, {});
    await cutOff;
    await expect(signIn(broker.url, device)).rejects.toThrow();
    await (await signIn(broker.url, { ...device, accessToken })).endAsync();
  }, 60_000);

  it('are cut off when they are retired', async () => {
    const device = await all.newDevice('retired');
    const client = await signIn(broker.url, device);
    const cutOff = new Promise<void>((resolve) => client.once('close', () => resolve()));
    await admin.post(`/api/devices/${device.deviceId}/retire`, { reason: 'scrapped' });
    await cutOff;
    await expect(signIn(broker.url, device)).rejects.toThrow();
  }, 60_000);

  it('may show a certificate of their own instead of a token, and one of another authority does not count', async () => {
    const device = await all.newDevice('certified');
    const ca = readFileSync(all.authority.ca);
    const url = broker.tlsUrl ?? '';
    const client = await signIn(url, { ...device, accessToken: 'unused' }, { ca, ...(await all.authority.client(device.deviceId)) });
    await client.publishAsync(topicOf(device), reading(all.from + 1), { qos: 1 });
    await client.endAsync();
    await eventually(async () => expect(await all.stored(device)).toEqual([all.from + 1]), PATIENT);
    const stranger = await testAuthority();
    await expect(signIn(url, device, { ca, ...(await stranger.client(device.deviceId)) })).rejects.toThrow();
    stranger.remove();
  }, 60_000);

  it('lose nothing that was acknowledged when sensor-ingestion is killed, twice', async () => {
    const devices = await all.newDevices(8, 'through a crash');
    for (let round = 0; round < 2; round += 1) {
      await moreAcknowledged(devices, 400);
      // The second time it may still be on its way up from the first.
      await eventually(() => product.kill('sensor-ingestion'), PATIENT);
    }
    await moreAcknowledged(devices, 400);
    await Promise.all(devices.map((device) => device.stop()));
    await all.expectAllStored(devices);
    process.stderr.write(`kill -9 of sensor-ingestion, twice: ${String(acknowledgedSoFar(devices))} acknowledged, all stored once\n`);
  }, 180_000);

  /** What Mosquitto had not written when it was killed is gone, and nothing else. */
  const notOnlyInMemory = (savedAt: number, killedAt: number) => ({ connectedAt, at }: Acknowledgement) => connectedAt > killedAt || at < savedAt;

  it('lose nothing that Mosquitto had saved when it is killed, and nothing is stored twice', async () => {
    const devices = await all.newDevices(8, 'through a crash of the broker');
    await moreAcknowledged(devices, 800);
    await broker.kill();
    const [savedAt, killedAt] = [broker.savedAt(), Date.now()];
    await broker.restart();
    await moreAcknowledged(devices, 400);
    await Promise.all(devices.map((device) => device.stop()));
    const lost = await all.expectStored(devices, notOnlyInMemory(savedAt, killedAt));
    process.stderr.write(`kill -9 of Mosquitto: ${String(acknowledgedSoFar(devices))} acknowledged, ${String(lost)} lost that it had not saved\n`);
  }, 180_000);

  it('lose nothing that they send before sensor-ingestion is back, when both are killed', async () => {
    const devices = await all.newDevices(8, 'through a crash of both');
    await moreAcknowledged(devices, 400);
    await Promise.all([broker.kill(), product.kill('sensor-ingestion')]);
    const [savedAt, killedAt] = [broker.savedAt(), Date.now()];
    await broker.restart();
    await moreAcknowledged(devices, 400);
    await Promise.all(devices.map((device) => device.stop()));
    const lost = await all.expectStored(devices, notOnlyInMemory(savedAt, killedAt));
    process.stderr.write(`kill -9 of both: ${String(acknowledgedSoFar(devices))} acknowledged, ${String(lost)} lost that Mosquitto had not saved\n`);
  }, 180_000);

  it('wait for a broker that is not there: the process says what is missing, and starts when it comes', async () => {
    await broker.kill();
    const waiting = await IngestionProcess.start(product.dataDir, all.settings);
    await eventually(async () => expect(await waiting.check('mqtt-broker')).toMatchObject({ ready: false }), PATIENT);
    await broker.restart();
    await eventually(async () => expect(await waiting.check('mqtt-broker')).toEqual({ ready: true }), PATIENT);
    await waiting.stop();
  }, 120_000);

  it('are not served with wrong credentials: one line that says so, and the end', async () => {
    // Not with the administrator's too: it would let itself in.
    const plain = Object.fromEntries(Object.entries(all.settings).filter(([name]) => !name.startsWith('INGESTION_BROKER_ADMIN_')));
    const wrong = await IngestionProcess.start(product.dataDir, { ...plain, INGESTION_BROKER_PASSWORD: 'wrong' });
    expect(await wrong.exit()).toBe(1);
    expect(wrong.output.join('')).toMatch(/BROKER_REFUSED: The MQTT broker mqtt:\/\/127\.0\.0\.1:\d+ does not know these credentials; check INGESTION_BROKER_USERNAME/);
  }, 60_000);
});
