import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { tempDir, type TempDir } from '@brain/testing';
import { createSigningKeys, issueAccessToken } from '@brain/auth';
import { GatewayUnderTest } from '../gateway-under-test.fixture.js';

describe('the one door', () => {
  let gateway: GatewayUnderTest;
  let service: Server;
  let mqtt: WebSocketServer;
  let folder: TempDir;
  let seen: IncomingMessage[];
  let serviceIsReady: boolean;

  beforeAll(async () => {
    service = createServer((request, response) => {
      seen.push(request);
      if (request.url === '/readyz') {
        const checks = { database: serviceIsReady ? { ready: true } : { ready: false, detail: 'down' } };
        response.writeHead(serviceIsReady ? 200 : 503).end(JSON.stringify({ ready: serviceIsReady, checks }));
        return;
      }
      if (request.url === '/metrics') {
        response.end('brain_up{service="case-management"} 1\n');
        return;
      }
      response.setHeader('Content-Type', 'application/json');
      request.resume().on('end', () => response.end('{"items":[],"nextCursor":null}'));
    });
    const serviceUrl = await listen(service);
    mqtt = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/mqtt', handleProtocols: () => 'mqtt' });
    mqtt.on('connection', (socket) => socket.on('message', (data) => socket.send(data)));
    await once(mqtt, 'listening');
    const mqttPort = portOf(mqtt.address());

    folder = await tempDir();
    await mkdir(join(folder.path, 'assets'));
    await writeFile(join(folder.path, 'index.html'), '<title>社区大脑</title>');
    await writeFile(join(folder.path, 'assets', 'app-1a2b.js'), 'export {}');
    gateway = await GatewayUnderTest.start({
      GATEWAY_UPSTREAM_CASES: serviceUrl,
      GATEWAY_UPSTREAM_GRID: 'http://127.0.0.1:1',
      GATEWAY_UPSTREAM_MQTT_WS: `ws://127.0.0.1:${mqttPort}`,
      GATEWAY_DASHBOARD_DIR: folder.path,
      GATEWAY_BODY_LIMIT_BYTES: '1000',
    });
  });
  beforeEach(() => {
    seen = [];
    serviceIsReady = true;
  });
  afterAll(async () => {
    await gateway.stop();
    mqtt.close();
    service.closeAllConnections();
    service.close();
    await folder.remove();
  });

  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  it('hands a signed-in request on to its service, with the correlation id it answers', async () => {
    const answer = await gateway.request('/api/cases?state=reported', { headers: bearer(await gateway.tokenFor({})) });
    expect(answer).toMatchObject({ status: 200, body: { items: [] } });
    expect(seen[0]?.url).toBe('/api/cases?state=reported');
    expect(answer.headers.get('x-correlation-id')).toBe(seen[0]?.headers['x-correlation-id']);
  });

  it('turns the session cookie into a bearer token', async () => {
    const { cookie } = await gateway.signIn('operator');
    await gateway.request('/api/cases', { headers: { cookie } });
    expect(seen[0]?.headers.authorization).toMatch(/^Bearer /);
    expect(seen[0]?.headers.cookie).toBeUndefined();
  });

  it('lets no unsafe request through that only a cookie vouches for', async () => {
    const { cookie } = await gateway.signIn('operator');
    const foreign = await gateway.post('/api/cases', {}, { cookie, origin: 'http://evil.example' });
    expect(foreign).toMatchObject({ status: 403, body: { code: 'CROSS_ORIGIN_REFUSED' } });
    expect(seen).toEqual([]);
    const ours = await gateway.post('/api/cases', {}, { cookie, origin: await gateway.url() });
    expect(ours.status).toBe(200);
  });

  it('refuses a request before the service sees it: no token, an expired one, a forged one', async () => {
    const other = await createSigningKeys();
    const actor = { id: 'x', username: 'x', name: 'x', roles: ['administrator' as const], areaCodes: ['*'], staffId: null };
    const cases = [
      [{}, 'TOKEN_MISSING'],
      [bearer(await gateway.tokenFor({}, 60, Date.now() - 120_000)), 'TOKEN_EXPIRED'],
      [bearer(await issueAccessToken(other.privateJwk, actor, 60)), 'TOKEN_INVALID'],
    ] as const;
    for (const [headers, code] of cases) {
      const answer = await gateway.request('/api/cases', { headers });
      expect(answer).toMatchObject({ status: 401, body: { code, status: 401 } });
      expect(answer.headers.get('content-type')).toMatch('application/problem+json');
    }
    expect(seen).toEqual([]);
  });

  it('says when a service does not answer, or is not part of the installation', async () => {
    const headers = bearer(await gateway.tokenFor({}));
    for (const path of ['/api/areas/440305', '/api/audit/events']) {
      expect(await gateway.request(path, { headers })).toMatchObject({ status: 503, body: { code: 'SERVICE_UNAVAILABLE' } });
    }
  });

  it('refuses a body that is too large', async () => {
    const answer = await gateway.post('/api/cases', { text: 'x'.repeat(1000) }, bearer(await gateway.tokenFor({})));
    expect(answer).toMatchObject({ status: 413, body: { code: 'BODY_TOO_LARGE', detail: expect.stringMatching(/at most \d+ bytes/) } });
  });

  it('answers an unknown API path with a problem, not with the dashboard', async () => {
    const answer = await gateway.request('/api/nothing', { headers: { ...bearer(await gateway.tokenFor({})), accept: 'text/html' } });
    expect(answer).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });

  it('serves the dashboard: pages fresh, hashed files for ever, strictly', async () => {
    const page = await gateway.request('/cases/board', { headers: { accept: 'text/html' } });
    expect(page).toMatchObject({ status: 200, body: { text: '<title>社区大脑</title>' } });
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("worker-src 'self' blob:");
    const file = await gateway.request('/assets/app-1a2b.js');
    expect(file.headers.get('cache-control')).toMatch('immutable');
    expect((await gateway.request('/assets/gone-3c4d.js')).status).toBe(404);
  });

  it('is ready once every service is, and names the one that is not', async () => {
    const answer = await gateway.request('/readyz');
    expect(answer.status).toBe(503);
    expect(answer.body).toMatchObject({
      ready: false,
      checks: { database: { ready: true }, bus: { ready: true }, 'case-management': { ready: true, checks: { database: { ready: true } } }, 'grid-registry': { ready: false } },
    });
    serviceIsReady = false;
    const worse = await gateway.request('/readyz');
    expect(worse.body).toMatchObject({ checks: { 'case-management': { ready: false, detail: 'database: down' } } });
    expect((await gateway.request('/healthz')).status).toBe(200);
  });

  it('lets a scraper see each service, which listens on loopback alone', async () => {
    const own = await gateway.request('/metrics');
    expect(own.body.text).toContain('service="operations-gateway"');
    const behind = await gateway.request('/metrics/case-management');
    expect(behind).toMatchObject({ status: 200, body: { text: 'brain_up{service="case-management"} 1\n' } });
    expect(behind.headers.get('content-type')).toContain('version=0.0.4');
    expect(await gateway.request('/metrics/grid-registry')).toMatchObject({ status: 503, body: { code: 'SERVICE_UNAVAILABLE' } });
    for (const name of ['audit', 'operations-gateway', 'nonsense']) {
      expect(await gateway.request(`/metrics/${name}`)).toMatchObject({ status: 404, body: { code: 'SERVICE_UNKNOWN' } });
    }
  });

  it('passes MQTT over WebSocket through, beside Socket.IO, and closes other upgrades', async () => {
    const base = (await gateway.url()).replace('http', 'ws');
    const device = new WebSocket(`${base}/mqtt`, 'mqtt');
    const echoed = new Promise((resolve) => device.once('message', (data: Buffer) => resolve(data.toString())));
    await new Promise((resolve) => device.once('open', resolve));
    expect(device.protocol).toBe('mqtt');
    device.send('CONNECT');
    expect(await echoed).toBe('CONNECT');
    device.close();

    const stranger = new WebSocket(`${base}/elsewhere`);
    const refused = await new Promise<Error>((resolve) => stranger.once('error', resolve));
    expect(refused.message).toContain('404');
  });
});

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${portOf(server.address())}`;
}

function portOf(address: ReturnType<Server['address']>): number {
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return address.port;
}
