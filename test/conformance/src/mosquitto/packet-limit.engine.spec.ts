import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IConnackPacket } from 'mqtt';
import { startMosquitto, type MosquittoServer } from './mosquitto-server.js';
import { signIn, type DeviceAccount } from './sending-device.js';

const LIMIT = 1024 * 1024;
const NOT_AUTHORIZED = 135;

describe('a packet that is too large for Mosquitto as it is shipped', () => {
  let broker: MosquittoServer;
  let account: DeviceAccount;
  beforeAll(async () => {
    broker = await startMosquitto();
    account = { deviceId: broker.administrator.username, accessToken: broker.administrator.password };
  });
  afterAll(() => broker.stop());

  it('is known to devices that speak MQTT 5, by its limit', async () => {
    let told: IConnackPacket | undefined;
    const client = await signIn(broker.url, account, { protocolVersion: 5 });
    client.on('packetreceive', (packet) => packet.cmd === 'connack' && (told = packet));
    client.reconnect();
    await new Promise((resolve) => client.once('connect', resolve));
    expect(told?.properties?.maximumPacketSize).toBe(LIMIT);
    await client.endAsync(true);
  });

  it('ends the connection of others, and is not acknowledged', async () => {
    const client = await signIn(broker.url, account, { protocolVersion: 4 });
    let acknowledged = false;
    client.publish('devices/x/telemetry', 'x'.repeat(LIMIT + 1), { qos: 1 }, (error) => (acknowledged = !error));
    await new Promise<void>((resolve) => client.once('close', () => resolve()));
    expect(acknowledged).toBe(false);
    client.end(true);
  });

  it('is not one that sensor-ingestion refuses and lists: that passes', async () => {
    const client = await signIn(broker.url, account, { protocolVersion: 5 });
    // This account may not publish there, which is asked after the size.
    await expect(client.publishAsync('devices/x/telemetry', 'x'.repeat(LIMIT / 2), { qos: 1 })).rejects.toMatchObject({ code: NOT_AUTHORIZED });
    await client.endAsync();
  });
});
