import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@brain/testing';
import { IngestionProcess } from './ingestion-process.js';
import { acknowledgedSoFar, moreAcknowledged, PATIENT, ProductBehindMosquitto, reading, topicOf } from './product-behind-mosquitto.js';
import { signIn } from './sending-device.js';

/** Of the sessions, all in all. */
const SESSIONS = 4;

describe('devices behind Mosquitto, whose messages several sessions share', () => {
  let all: ProductBehindMosquitto;
  beforeAll(async () => {
    all = await ProductBehindMosquitto.start({ INGESTION_BROKER_SESSIONS: String(SESSIONS) });
  }, 180_000);
  afterAll(() => all.stop(), 60_000);

  it('lose nothing when one of two processes is killed: the other takes over its sessions', async () => {
    const second = await IngestionProcess.start(all.product.dataDir, { ...all.settings, INGESTION_BROKER_MQTT_VERSION: '3.1.1' });
    await eventually(async () => expect(await second.sessions()).toBe(SESSIONS / 2), PATIENT);
    const devices = await all.newDevices(8, 'through a take-over');
    await moreAcknowledged(devices, 800);
    await second.kill();
    await moreAcknowledged(devices, 800);
    await Promise.all(devices.map((device) => device.stop()));
    await all.expectAllStored(devices);
    process.stderr.write(`kill -9 of one of two: ${String(acknowledgedSoFar(devices))} acknowledged, all stored once\n`);
  }, 180_000);

  it('lose nothing that Mosquitto had saved when it is killed, nor what they send when one session is back', async () => {
    const devices = await all.newDevices(8, 'through a crash of the broker');
    const probe = await all.newDevice('probe');
    await moreAcknowledged(devices, 800);
    await all.broker.kill();
    const savedAt = all.broker.savedAt();
    await all.broker.restart();
    let probes = 0;
    await eventually(async () => {
      const client = await signIn(all.broker.url, probe);
      await client.publishAsync(topicOf(probe), reading(all.from + (probes += 1)), { qos: 1 });
      await client.endAsync();
      expect(await all.stored(probe)).not.toEqual([]);
    }, PATIENT);
    const backAt = Date.now();
    await moreAcknowledged(devices, 400);
    await Promise.all(devices.map((device) => device.stop()));
    // Mosquitto keeps no shared subscription: what it acknowledges before a session has come back, it drops.
    const lost = await all.expectStored(devices, ({ sentAt, at }) => at < savedAt || sentAt > backAt);
    process.stderr.write(`kill -9 of Mosquitto, ${String(SESSIONS)} sessions: ${String(acknowledgedSoFar(devices))} acknowledged, ${String(lost)} lost\n`);
  }, 180_000);
});
