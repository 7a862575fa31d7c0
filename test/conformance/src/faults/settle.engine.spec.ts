import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SERVICES } from '@brain/contracts';
import { eventually } from '@brain/testing';
import mqtt, { type MqttClient } from 'mqtt';
import { EventRecord } from './event-record.js';
import { register } from './fleet.js';
import type { DeviceAccount } from '../mosquitto/sending-device.js';
import { StackUnderTest } from './stack-under-test.js';

const DEVICES = 2_000;
const SETTLE_LIMIT_MS = 180_000;

describe('when everything is killed at once', () => {
  let stack: StackUnderTest | undefined;
  let clients: readonly MqttClient[] = [];

  beforeAll(async () => {
    stack = await StackUnderTest.start('postgres', {});
    const accounts = await register(stack.admin, DEVICES);
    clients = accounts.map((account) => connect(stack?.product.mqttUrl ?? '', account));
    await eventually(() => expect(connected()).toBe(DEVICES), { timeoutMs: SETTLE_LIMIT_MS, everyMs: 200 });
    await allHeard(1);
  }, 2 * SETTLE_LIMIT_MS);
  afterAll(async () => {
    for (const client of clients) client.end(true);
    await stack?.stop();
  }, 120_000);

  it('2,000 devices are back, and none but the one that stayed away is called offline', async () => {
    if (stack === undefined) throw new Error('The product did not start');
    const record = new EventRecord(stack.databaseUrl);
    const everybody = clients.length;
    const online = async () => new Set(await record.streamsOf('sensor-ingestion.device-came-online.v1')).size;
    await eventually(async () => expect(await online()).toBe(everybody), { timeoutMs: SETTLE_LIMIT_MS, everyMs: 500 });
    const [absent, ...others] = clients;
    const began = Date.now();
    const gone = others.map((client) => new Promise<void>((resolve) => client.once('close', () => resolve())));
    for (const service of SERVICES) await stack.product.kill(service);
    stack.killPostgres();
    absent?.end(true);
    await Promise.all(gone);
    await eventually(() => expect(connected()).toBe(everybody - 1), { timeoutMs: SETTLE_LIMIT_MS, everyMs: 50 });
    await Promise.all(others.map((client, index) => publish(client, index, 2)));
    await stack.ready(SETTLE_LIMIT_MS);
    process.stderr.write(`${String(others.length)} devices are back and heard ${String(Math.round((Date.now() - began) / 100) / 10)} s after everything was killed\n`);
    // It shows that absence is noticed, by when any other would have been noticed too.
    await eventually(async () => expect(await offline(record)).not.toEqual([]), { timeoutMs: SETTLE_LIMIT_MS, everyMs: 500 });
    expect(await offline(record)).toEqual([`device-${String(absent?.options.clientId)}`]);
  }, 4 * SETTLE_LIMIT_MS);

  const offline = (record: EventRecord) => record.streamsOf('sensor-ingestion.device-went-offline.v1');
  const connected = () => clients.filter((client) => client.connected).length;
  const allHeard = (round: number) => Promise.all(clients.map((client, index) => publish(client, index, round)));
});

function connect(url: string, { deviceId, accessToken }: DeviceAccount): MqttClient {
  const client = mqtt.connect(url, { username: accessToken, clientId: deviceId, clean: false, reconnectOnConnackError: true, reconnectPeriod: 1_000, connectTimeout: 30_000, keepalive: 30 });
  client.on('error', () => undefined); // the client tries again by itself
  return client;
}

async function publish(client: MqttClient, index: number, round: number): Promise<void> {
  await client.publishAsync('v1/devices/me/telemetry', JSON.stringify({ ts: Date.now(), values: { n: index, round } }), { qos: 1 });
}
