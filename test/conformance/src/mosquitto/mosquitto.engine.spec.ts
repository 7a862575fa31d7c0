import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiClient } from '@brain/local/api-client';
import { importAreas, registerDevice, startProduct, type RunningProduct } from '@brain/test-e2e';
import { eventually } from '@brain/testing';
import { testAuthority, type TestAuthority } from './certificates.js';
import { IngestionProcess } from './ingestion-process.js';
import { startMosquitto, type MosquittoServer } from './mosquitto-server.js';
import { SendingDevice, signIn, type DeviceAccount } from './sending-device.js';
import { countsOf, storedTimes } from './stored-readings.js';

const SERVICE = { INGESTION_BROKER_USERNAME: 'brain', INGESTION_BROKER_PASSWORD: 'a-password-for-tests' };
const PATIENT = { timeoutMs: 60_000, everyMs: 200 };
/** Of the sessions, all in all. */
const SESSIONS = 4;

describe('devices behind Mosquitto', () => {
  let broker: MosquittoServer;
  let authority: TestAuthority;
  let product: RunningProduct;
  let admin: ApiClient;
  let settings: Record<string, string>;
  /** What there is to stop when the start fails half way. */
  const started: { authority?: TestAuthority; broker?: MosquittoServer; product?: RunningProduct } = {};
  /** Each test has a stretch of time of its own. */
  let from: number;

  beforeAll(async () => {
    authority = started.authority = await testAuthority();
    broker = started.broker = await startMosquitto({ tls: { ca: authority.ca, ...authority.server } });
    process.stderr.write(`Mosquitto ${broker.version} (${broker.source})\n`);
    settings = {
      ...SERVICE,
      INGESTION_BROKER_URL: broker.url,
      INGESTION_BROKER_SESSIONS: String(SESSIONS),
      INGESTION_BROKER_ADMIN_USERNAME: broker.administrator.username,
      INGESTION_BROKER_ADMIN_PASSWORD: broker.administrator.password,
      INGESTION_SESSION_CHECK_MS: '200',
      INGESTION_RATE_LIMIT: 'off',
    };
    product = started.product = await startProduct({ env: settings });
    admin = product.as('administrator');
    await importAreas(admin);
    from = Date.now() - 86_400_000;
  }, 180_000);
  afterAll(async () => {
    await started.product?.stop();
    await started.broker?.stop();
    started.authority?.remove();
  }, 60_000);

  /** Registered, and known to the broker. */
  async function newDevice(name: string): Promise<DeviceAccount> {
    const device = await registerDevice(admin, name);
    await eventually(async () => (await signIn(broker.url, device)).endAsync(), PATIENT);
    return device;
  }

  async function newDevices(count: number, name: string): Promise<SendingDevice[]> {
    from += 1_000_000;
    const accounts = await Promise.all(Array.from({ length: count }, (_, index) => newDevice(`${name} ${String(index)}`)));
    return accounts.map((account) => new SendingDevice(broker.url, account, from));
  }

  const stored = ({ deviceId }: DeviceAccount) => storedTimes(admin, deviceId, from, from + 999_999);
  const topicOf = ({ deviceId }: DeviceAccount) => `devices/${deviceId}/telemetry`;
  const reading = (ts: number) => JSON.stringify({ ts, values: { n: ts } });

  /** Every acknowledged reading is there once, and the counts say the same. */
  async function expectAllStored(devices: readonly SendingDevice[]): Promise<void> {
    for (const { account, acknowledged } of devices) {
      const sent = [...acknowledged.keys()];
      await eventually(async () => expect(await stored(account)).toEqual(sent), PATIENT);
      const counts = await countsOf(admin, account.deviceId);
      expect(counts.stored).toBe(sent.length);
      expect(counts.received).toBe(counts.stored + counts.duplicates + counts.refused);
    }
  }

  const acknowledgedSoFar = (devices: readonly SendingDevice[]) => devices.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);
  const moreAcknowledged = (devices: readonly SendingDevice[], count: number) => {
    const before = acknowledgedSoFar(devices);
    return eventually(() => expect(acknowledgedSoFar(devices)).toBeGreaterThanOrEqual(before + count), PATIENT);
  };

  it.each([['MQTT 5', 5], ['MQTT 3.1.1', 4]] as const)('send with %s, and their readings are stored', async (name, protocolVersion) => {
    const device = await newDevice(name);
    const client = await signIn(broker.url, device, { protocolVersion });
    await client.publishAsync(topicOf(device), reading(from + 1), { qos: 1 });
    await client.publishAsync(topicOf(device), reading(from + 2), { qos: 1 });
    await client.endAsync();
    await eventually(async () => expect(await stored(device)).toEqual([from + 1, from + 2]), PATIENT);
  }, 60_000);

  it('cannot publish as another', async () => {
    const [ana, bob] = [await newDevice('ana'), await newDevice('bob')];
    const client = await signIn(broker.url, ana, { protocolVersion: 5 });
    await expect(client.publishAsync(topicOf(bob), reading(from + 1), { qos: 1 })).rejects.toMatchObject({ code: 135 });
    await client.endAsync();
    // A 3.1.1 PUBACK cannot say no: the broker takes the message and drops it.
    const old = await signIn(broker.url, ana, { protocolVersion: 4 });
    await old.publishAsync(topicOf(bob), reading(from + 2), { qos: 1 });
    await old.endAsync();
    const other = await signIn(broker.url, bob);
    await other.publishAsync(topicOf(bob), reading(from + 3), { qos: 1 });
    await other.endAsync();
    await eventually(async () => expect(await stored(bob)).toEqual([from + 3]), PATIENT);
    expect(await countsOf(admin, bob.deviceId)).toMatchObject({ received: 1 });
  }, 60_000);

  it('cannot listen to each other', async () => {
    const [ana, bob] = [await newDevice('curious'), await newDevice('private')];
    const client = await signIn(broker.url, ana);
    await expect(client.subscribeAsync(topicOf(bob), { qos: 1 })).rejects.toThrow();
    await expect(client.subscribeAsync('#', { qos: 1 })).rejects.toThrow();
    await client.endAsync();
  }, 60_000);

  it('are refused visibly when a payload cannot be read', async () => {
    const device = await newDevice('broken');
    const client = await signIn(broker.url, device);
    await client.publishAsync(topicOf(device), '{"t":', { qos: 1 });
    await client.endAsync();
    await eventually(async () => {
      const { items } = await admin.get<{ items: unknown[] }>(`/api/refused-messages?deviceId=${device.deviceId}`);
      expect(items).toMatchObject([{ code: 'PAYLOAD_NOT_JSON' }]);
    }, PATIENT);
  }, 60_000);

  it('are online by what they send, and offline by their last will', async () => {
    const device = await newDevice('willing');
    const will = { topic: `devices/${device.deviceId}/status`, payload: Buffer.from('offline'), qos: 1 as const, retain: false };
    const client = await signIn(broker.url, device, { will });
    await client.publishAsync(topicOf(device), reading(from + 1), { qos: 1 });
    const online = async () => (await admin.get<{ online: boolean }>(`/api/devices/${device.deviceId}`)).online;
    await eventually(async () => expect(await online()).toBe(true), PATIENT);
    client.stream.destroy(); // no goodbye: the broker speaks for it
    await client.endAsync(true);
    await eventually(async () => expect(await online()).toBe(false), { timeoutMs: 90_000, everyMs: 500 });
  }, 180_000);

  it('are cut off when their token is replaced, and let in with the new one', async () => {
    const device = await newDevice('rotated');
    const client = await signIn(broker.url, device);
    const cutOff = new Promise<void>((resolve) => client.once('close', () => resolve()));
    const { accessToken } = await admin.post<DeviceAccount>(`/api/devices/${device.deviceId}/token`, {});
    await cutOff;
    await expect(signIn(broker.url, device)).rejects.toThrow();
    await (await signIn(broker.url, { ...device, accessToken })).endAsync();
  }, 60_000);

  it('are cut off when they are retired', async () => {
    const device = await newDevice('retired');
    const client = await signIn(broker.url, device);
    const cutOff = new Promise<void>((resolve) => client.once('close', () => resolve()));
    await admin.post(`/api/devices/${device.deviceId}/retire`, { reason: 'scrapped' });
    await cutOff;
    await expect(signIn(broker.url, device)).rejects.toThrow();
  }, 60_000);

  it('may show a certificate of their own instead of a token, and one of another authority does not count', async () => {
    const device = await newDevice('certified');
    const ca = readFileSync(authority.ca);
    const url = broker.tlsUrl ?? '';
    const client = await signIn(url, { ...device, accessToken: 'unused' }, { ca, ...(await authority.client(device.deviceId)) });
    await client.publishAsync(topicOf(device), reading(from + 1), { qos: 1 });
    await client.endAsync();
    await eventually(async () => expect(await stored(device)).toEqual([from + 1]), PATIENT);
    const stranger = await testAuthority();
    await expect(signIn(url, device, { ca, ...(await stranger.client(device.deviceId)) })).rejects.toThrow();
    stranger.remove();
  }, 60_000);

  it('lose nothing that was acknowledged when sensor-ingestion is killed, twice', async () => {
    const devices = await newDevices(8, 'through a crash');
    for (let round = 0; round < 2; round += 1) {
      await moreAcknowledged(devices, 400);
      // The second time it may still be on its way up from the first.
      await eventually(() => product.kill('sensor-ingestion'), PATIENT);
    }
    await moreAcknowledged(devices, 400);
    await Promise.all(devices.map((device) => device.stop()));
    await expectAllStored(devices);
    process.stderr.write(`kill -9 of sensor-ingestion, twice: ${String(acknowledgedSoFar(devices))} acknowledged, all stored once\n`);
  }, 180_000);

  it('lose nothing when one of two processes is killed: the other takes over its sessions', async () => {
    const second = await IngestionProcess.start(product.dataDir, { ...settings, INGESTION_BROKER_MQTT_VERSION: '3.1.1' });
    await eventually(async () => expect(await second.sessions()).toBe(SESSIONS / 2), PATIENT);
    const devices = await newDevices(8, 'through a take-over');
    await moreAcknowledged(devices, 800);
    await second.kill();
    await moreAcknowledged(devices, 800);
    await Promise.all(devices.map((device) => device.stop()));
    await expectAllStored(devices);
    process.stderr.write(`kill -9 of one of two: ${String(acknowledgedSoFar(devices))} acknowledged, all stored once\n`);
  }, 180_000);

  it('lose nothing that Mosquitto had saved when it is killed, and nothing is stored twice', async () => {
    const devices = await newDevices(8, 'through a crash of the broker');
    await moreAcknowledged(devices, 800);
    await broker.kill();
    const savedAt = broker.savedAt();
    await broker.restart();
    await moreAcknowledged(devices, 400);
    await Promise.all(devices.map((device) => device.stop()));
    let lost = 0;
    for (const { account, acknowledged } of devices) {
      const last = Math.max(...acknowledged.keys());
      await eventually(async () => expect(await stored(account)).toContain(last), PATIENT);
      const saved = [...acknowledged].filter(([, at]) => at < savedAt || at > savedAt + 1_000).map(([ts]) => ts);
      await eventually(async () => expect(await stored(account)).toEqual(expect.arrayContaining(saved)), PATIENT);
      const times = await stored(account);
      expect(new Set(times).size).toBe(times.length);
      lost += acknowledged.size - times.length;
    }
    process.stderr.write(`kill -9 of Mosquitto: ${String(acknowledgedSoFar(devices))} acknowledged, ${String(lost)} lost that it had not saved\n`);
  }, 180_000);

  it('wait for a broker that is not there: the process says what is missing, and starts when it comes', async () => {
    await broker.kill();
    const waiting = await IngestionProcess.start(product.dataDir, settings);
    await eventually(async () => expect(await waiting.check('mqtt-broker')).toMatchObject({ ready: false }), PATIENT);
    await broker.restart();
    await eventually(async () => expect(await waiting.check('mqtt-broker')).toEqual({ ready: true }), PATIENT);
    await waiting.stop();
  }, 120_000);

  it('are not served with wrong credentials: one line that says so, and the end', async () => {
    const { INGESTION_BROKER_ADMIN_USERNAME: _name, INGESTION_BROKER_ADMIN_PASSWORD: _password, ...plain } = settings;
    const wrong = await IngestionProcess.start(product.dataDir, { ...plain, INGESTION_BROKER_PASSWORD: 'wrong' });
    expect(await wrong.exit()).toBe(1);
    expect(wrong.output.join('')).toMatch(/BROKER_REFUSED: The MQTT broker mqtt:\/\/127\.0\.0\.1:\d+ does not know these credentials; check INGESTION_BROKER_USERNAME/);
  }, 60_000);
});
