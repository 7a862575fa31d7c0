import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@brain/testing';
import mqtt, { type IClientOptions } from 'mqtt';
import { runServiceForTest, type Call, type RunningService } from '../service.fixture.js';
import { TestAuthority } from '../test-authority.fixture.js';

const AREA = '440305001001';

describe('MQTT over TLS', () => {
  let authority: TestAuthority;
  let service: RunningService;
  let admin: Call;

  beforeAll(async () => {
    authority = await TestAuthority.make();
    const { cert, key } = await authority.sign('localhost');
    service = await runServiceForTest({
      INGESTION_TLS_PORT: '0',
      INGESTION_TLS_CERT_FILE: authority.write('server.crt', cert),
      INGESTION_TLS_KEY_FILE: authority.write('server.key', key),
      INGESTION_TLS_CLIENT_CA_FILE: authority.write('ca.crt', authority.ca),
    });
    admin = await service.as(['administrator'], ['*']);
    await service.addArea(AREA);
  });
  afterAll(async () => {
    await service.close();
    authority.remove();
  });

  const register = () =>
    eventually(async () => {
      const { status, body } = await admin<{ deviceId: string; accessToken: string }>('POST', '/devices', { name: 'd', kind: 'temperature', areaCode: AREA, location: null });
      expect(status).toBe(201);
      return body;
    });
  const connect = async (options: IClientOptions) => {
    const client = mqtt.connect(service.mqttsUrl, { ca: authority.ca, reconnectPeriod: 0, ...options });
    await new Promise<void>((resolve, reject) => {
      client.once('connect', () => resolve());
      client.once('error', reject);
      client.once('close', () => reject(new Error('The listener closed the connection')));
    });
    return client;
  };
  const publish = async (options: IClientOptions, ts: number) => {
    const client = await connect(options);
    await client.publishAsync('v1/devices/me/telemetry', JSON.stringify({ ts, values: { t: 1 } }), { qos: 1 });
    await client.endAsync();
  };
  const stored = async (deviceId: string) =>
    (await admin<{ points: { ts: number }[] }>('GET', `/telemetry/${deviceId}?metric=t&from=${String(Date.now() - 3_600_000)}`)).body.points.map(({ ts }) => ts);

  it('takes a token, or the device id with the token as password', async () => {
    const { deviceId, accessToken } = await register();
    const ts = Date.now() - 1_000;
    await publish({ username: accessToken }, ts);
    await publish({ username: deviceId, password: accessToken }, ts + 1);
    await eventually(async () => expect(await stored(deviceId)).toEqual([ts, ts + 1]));
  });

  it('takes a client certificate whose common name is the device id', async () => {
    const { deviceId } = await register();
    const ts = Date.now() - 1_000;
    await publish(await authority.sign(deviceId), ts);
    await eventually(async () => expect(await stored(deviceId)).toEqual([ts]));
  });

  it('does not take the id of a device alone, nor with the token of another', async () => {
    const [one, other] = [await register(), await register()];
    await expect(connect({ username: one.deviceId })).rejects.toMatchObject({ code: 5 });
    await expect(connect({ username: one.deviceId, password: other.accessToken })).rejects.toMatchObject({ code: 5 });
  });

  it('ends the connection of a certificate from elsewhere, one that has expired, one of a retired and of an unknown device', async () => {
    const { deviceId, accessToken } = await register();
    const stranger = await TestAuthority.make();
    await expect(connect({ ...(await stranger.sign(deviceId)), username: accessToken })).rejects.toThrow();
    stranger.remove();
    await expect(connect({ ...(await authority.sign(deviceId, -1)), username: accessToken })).rejects.toThrow();
    await expect(connect(await authority.sign('nobody'))).rejects.toMatchObject({ code: 5 });
    await admin('POST', `/devices/${deviceId}/retire`, {});
    await expect(connect(await authority.sign(deviceId))).rejects.toMatchObject({ code: 5 });
  });
});
