import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES, type AlertView, type HistoryEntry, type CaseView, type Role } from '@brain/contracts';
import type { ApiClient } from '@brain/local/api-client';
import { eventually } from '@brain/testing';
import { connectAsync, type MqttClient } from 'mqtt';
import { defineRule, registerDevice, registerWorker } from './district.js';
import { connectOperations, type OperationsSocket } from './operations-socket.js';
import { ownDistrict, type OwnDistrict } from './shared-product.js';
import { undoAfterAll } from './undo-after-all.js';

const WRONG_PASSWORD = 'a-wrong-password-5d1f';
const WRONG_TOKEN = 'a-wrong-device-token-77aa';
const NEW_PASSWORD = 'a-password-for-somebody-new-9c3e';

interface Line {
  readonly service: string;
  readonly level: string;
  readonly msg?: string;
  readonly correlationId?: string;
  readonly events?: readonly string[];
  readonly type?: string;
}

/** Everything is logged, and everybody who has a secret has used it. */
describe('log lines at their most talkative', () => {
  const undo = undoAfterAll();
  let product: OwnDistrict;
  let admin: ApiClient;
  let operator: ApiClient;
  let screen: OperationsSocket;
  let client: MqttClient;
  let device: { deviceId: string; accessToken: string };
  const secrets: string[] = [WRONG_PASSWORD, WRONG_TOKEN, NEW_PASSWORD];

  beforeAll(async () => {
    product = await ownDistrict();
    [admin, operator] = [product.as('administrator'), product.as('operator')];
    await registerWorker(admin, '李敏', 'on-duty', product.community);
    device = await registerDevice(admin, '1栋电梯机房', 'temperature', product.grid);
    await defineRule(admin, device.deviceId);
    screen = await connectOperations(product.url, await signedIn('operator'));
    undo(() => screen.close());
    await screen.subscribe({ areas: [product.community], topics: ['alert', 'case', 'device'] });
    client = await connectAsync(product.mqttUrl, { username: device.accessToken });
    undo(() => client.endAsync(true));
  });

  async function signedIn(role: Role): Promise<string> {
    const { username, password } = product.credential(role);
    const response = await login(JSON.stringify({ username, password }));
    const { accessToken } = (await response.json()) as { accessToken: string };
    const cookie = /brain_session=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? '';
    expect(cookie.length).toBeGreaterThan(100);
    secrets.push(password, accessToken, cookie);
    const me = await fetch(`${product.url}/api/auth/me`, { headers: { cookie: `brain_session=${cookie}` } });
    expect(me.status).toBe(200);
    return accessToken;
  }

  const login = (body: string) =>
    fetch(`${product.url}/api/auth/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

  const logs = async (): Promise<string> => {
    const folder = path.join(product.dataDir, 'logs');
    const files = (await readdir(folder)).filter((name) => name.endsWith('.log'));
    return (await Promise.all(files.map((name) => readFile(path.join(folder, name), 'utf8')))).join('\n');
  };
  const lines = async (): Promise<readonly Line[]> =>
    (await logs()).split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Line);

  it('tell one story, from the packet of a device to the screens, under one correlation id', async () => {
    const start = Date.now() - 3_600_000;
    for (const minutes of [0, 1, 2]) {
      const reading = { ts: start + minutes * 60_000, values: { temperature: 65 } };
      await client.publishAsync('v1/devices/me/telemetry', JSON.stringify(reading), { qos: 1 });
    }
    const alert = await eventually(async () => {
      const [found] = (await operator.get<{ items: AlertView[] }>(`/api/alerts?deviceId=${device.deviceId}`)).items;
      expect(found?.caseId).toEqual(expect.any(String));
      return found as AlertView;
    });
    const { history } = await operator.get<{ history: HistoryEntry[] }>(`/api/alerts/${alert.alertId}`);
    const caseHistory = (await operator.get<CaseView & { history: HistoryEntry[] }>(`/api/cases/${alert.caseId ?? ''}`)).history;
    const [correlationId] = history.map((entry) => entry.correlationId);
    expect(new Set([...history, ...caseHistory].map((entry) => entry.correlationId))).toEqual(new Set([correlationId]));

    await eventually(async () => {
      const story = (await lines()).filter((line) => line.correlationId === correlationId);
      const told = (service: string) => story.filter((line) => line.service === service).flatMap(({ msg, events, type }) => events ?? type ?? msg ?? []);
      expect(told('sensor-ingestion')).toEqual(['message is durable']);
      expect(told('alerting')).toEqual(['alerting.alert-raised.v1', 'alerting.alert-case-linked.v1']);
      expect(told('case-management')).toEqual(expect.arrayContaining(['case-management.case-reported.v1', 'case-management.case-dispatched.v1']));
      expect(told('operations-gateway')).toEqual(expect.arrayContaining(['alerting.alert-raised.v1', 'case-management.case-reported.v1']));
    });
  });

  it('hold no password, token, cookie or key', async () => {
    for (const role of ROLES) await signedIn(role);
    const { username } = product.credential('operator');
    expect((await login(JSON.stringify({ username, password: WRONG_PASSWORD }))).status).toBe(401);
    expect((await login(`{"username":"${username}","password":"${WRONG_PASSWORD}"`)).status).toBe(400);
    const person = { username: 'colleague', password: NEW_PASSWORD, name: 'x', roles: ['operator'], areaCodes: [product.community] };
    const security = product.as('security-administrator');
    await security.post('/api/accounts', person);
    await expect(security.post('/api/accounts', { ...person, roles: 'none' })).rejects.toThrow('VALIDATION_FAILED');
    await expect(connectAsync(product.mqttUrl, { username: WRONG_TOKEN, reconnectPeriod: 0 })).rejects.toThrow('Not authorized');
    const rotated = await admin.post<{ accessToken: string }>(`/api/devices/${device.deviceId}/token`, {});
    const next = await connectAsync(product.mqttUrl, { username: rotated.accessToken });
    await next.publishAsync('v1/devices/me/telemetry', '{"temperature":', { qos: 1 });
    await next.endAsync();

    const kept = async (name: string) => readFile(path.join(product.dataDir, name), 'utf8');
    const { postgresPassword, servicePasswords } = JSON.parse(await kept('secrets.json')) as { postgresPassword: string; servicePasswords: Record<string, string> };
    const { d: privateKey } = JSON.parse(await kept('keys/signing.jwk')) as { d: string };
    const logKey = (await kept('keys/log.key')).trim().split('+').slice(4).join('+');
    secrets.push(device.accessToken, rotated.accessToken, postgresPassword, ...Object.values(servicePasswords), privateKey, logKey);

    await eventually(async () => {
      const found = await lines();
      expect(found.some(({ msg, service }) => service === 'sensor-ingestion' && msg === 'mqtt connection refused')).toBe(true);
      expect(found.filter(({ level }) => level === 'debug').length).toBeGreaterThan(10);
    });
    const all = await logs();
    for (const secret of secrets) expect(secret.length).toBeGreaterThan(8);
    expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
  });
});
