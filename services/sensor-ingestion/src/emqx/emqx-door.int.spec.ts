import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@brain/testing';
import { runServiceForTest, type Call, type RunningService } from '../service.fixture.js';

const AREA = '440305001001';
const SECRET = 'a-secret-of-the-inner-network';

interface Device {
  readonly deviceId: string;
  readonly accessToken: string;
}

describe('the questions of EMQX', () => {
  let service: RunningService;
  let admin: Call;
  let device: Device;
  let other: Device;

  beforeAll(async () => {
    service = await runServiceForTest({
      INGESTION_AUTH_HTTP_PORT: '0',
      INGESTION_AUTH_HTTP_SECRET: SECRET,
      INGESTION_BROKER_URL: 'mqtt://127.0.0.1:1',
      INGESTION_BROKER_USERNAME: 'brain',
      INGESTION_BROKER_PASSWORD: 'password-of-brain',
    });
    admin = await service.as(['administrator'], ['*']);
    await service.addArea(AREA);
    [device, other] = [await register(), await register()];
  });
  afterAll(() => service.close());

  const register = () =>
    eventually(async () => {
      const { status, body } = await admin<Device>('POST', '/devices', { name: 'd', kind: 'temperature', areaCode: AREA, location: null });
      expect(status).toBe(201);
      return body;
    });

  /** As EMQX sends them: method, headers and the body of infra/mqtt/emqx, filled in. */
  async function ask(path: string, body: unknown, secret = SECRET): Promise<{ readonly status: number; readonly body: unknown }> {
    const response = await fetch(`${service.authHttpUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }
  const authenticate = (given: { username?: string; password?: string; cert_common_name?: string }) =>
    ask('/emqx/authenticate', { clientid: 'c1', username: '', password: '', cert_common_name: 'undefined', ...given });
  const authorize = (username: string, action: string, topic: string) =>
    ask('/emqx/authorize', { clientid: 'c1', username, cert_common_name: '', topic, action });

  it('a device is let in to its own topics: with its token, with its id and token, with a verified certificate', async () => {
    const { deviceId, accessToken } = device;
    const allowed = {
      status: 200,
      body: {
        result: 'allow',
        is_superuser: false,
        client_attrs: { device_id: deviceId },
        acl: [
          { permission: 'allow', action: 'all', topic: `devices/${deviceId}/#` },
          { permission: 'deny', action: 'all', topic: '#' },
        ],
      },
    };
    expect(await authenticate({ username: accessToken })).toEqual(allowed);
    expect(await authenticate({ username: deviceId, password: accessToken })).toEqual(allowed);
    expect(await authenticate({ cert_common_name: deviceId })).toEqual(allowed);
  });

  it.each([
    ['nobody', () => ({})],
    ['an unknown token', () => ({ username: 'made-up' })],
    ['the id of a device alone', () => ({ username: device.deviceId })],
    ['the id of a device with the token of another', () => ({ username: device.deviceId, password: other.accessToken })],
    ['our own name with a wrong password', () => ({ username: 'brain', password: 'guess' })],
  ])('%s is denied', async (_who, given) => {
    expect(await authenticate(given())).toEqual({ status: 200, body: { result: 'deny' } });
  });

  it('a device may publish as itself and as nobody else, asked by older versions before every packet', async () => {
    const { deviceId, accessToken } = device;
    const allow = { status: 200, body: { result: 'allow' } };
    const deny = { status: 200, body: { result: 'deny' } };
    expect(await authorize(deviceId, 'publish', `devices/${deviceId}/telemetry`)).toEqual(allow);
    expect(await authorize(accessToken, 'publish', `devices/${deviceId}/telemetry`)).toEqual(allow);
    expect(await authorize(deviceId, 'publish', `devices/${other.deviceId}/telemetry`)).toEqual(deny);
    expect(await authorize(deviceId, 'subscribe', 'devices/+/telemetry')).toEqual(deny);
    expect(await authorize(deviceId, 'subscribe', '#')).toEqual(deny);
    expect(await authorize('made-up', 'publish', 'devices/made-up/telemetry')).toEqual(deny);
  });

  it('we ourselves may read what devices send, and send nothing', async () => {
    expect(await authenticate({ username: 'brain', password: 'password-of-brain' })).toMatchObject({ body: { result: 'allow', is_superuser: false } });
    expect(await authorize('brain', 'subscribe', '$share/brain-ingestion/devices/+/telemetry')).toMatchObject({ body: { result: 'allow' } });
    expect(await authorize('brain', 'subscribe', 'devices/+/telemetry')).toMatchObject({ body: { result: 'allow' } });
    expect(await authorize('brain', 'publish', `devices/${device.deviceId}/telemetry`)).toMatchObject({ body: { result: 'deny' } });
  });

  it('a retired device is denied', async () => {
    await admin('POST', `/devices/${other.deviceId}/retire`, {});
    expect(await authenticate({ username: other.accessToken })).toMatchObject({ body: { result: 'deny' } });
    expect(await authorize(other.deviceId, 'publish', `devices/${other.deviceId}/telemetry`)).toMatchObject({ body: { result: 'deny' } });
  });

  it('without the secret nothing is answered', async () => {
    expect(await ask('/emqx/authenticate', { username: device.accessToken }, 'guess')).toEqual({ status: 401, body: { code: 'SECRET_WRONG' } });
  });

  it('what cannot be read is denied, not passed on to the next authenticator', async () => {
    expect(await ask('/emqx/authenticate', ['nonsense'])).toEqual({ status: 200, body: { result: 'deny' } });
    expect(await authorize(device.deviceId, 'dance', 'devices')).toEqual({ status: 200, body: { result: 'deny' } });
  });
});
