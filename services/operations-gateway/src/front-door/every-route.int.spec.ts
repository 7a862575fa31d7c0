import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { examplePath, otherSpellings } from '@brain/testing';
import { GatewayUnderTest, PASSWORDS } from '../gateway-under-test.fixture.js';

/** Who has no account may ask these, and nothing else of the gateway. */
const PUBLIC = [
  'GET /api/auth/methods',
  'GET /api/auth/oidc/callback',
  'GET /api/auth/oidc/start',
  'GET /healthz',
  'GET /metrics',
  'GET /metrics/:service',
  'GET /readyz',
  'POST /api/auth/login',
  'POST /api/auth/logout',
];
/** Below each of these a service answers. */
const PROXIED = ['areas', 'assets', 'staff', 'staff/workload', 'people', 'devices', 'telemetry', 'refused-messages', 'ingestion', 'rules', 'alerts', 'cases', 'schemes', 'evaluations', 'audit', 'audit/log/tile/entries'];
const UPSTREAMS = ['GRID', 'INGESTION', 'ALERTING', 'CASES', 'EVALUATION', 'AUDIT'];

describe('every route of the gateway', () => {
  let gateway: GatewayUnderTest;
  let service: Server;
  let reached: string[];
  let callers: readonly { readonly headers: Readonly<Record<string, string>>; readonly code: string }[];

  beforeAll(async () => {
    service = createServer(({ url = '' }, response) => {
      reached.push(url);
      response.end('{}');
    });
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    const address = service.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? String(address?.port) : ''}`;
    gateway = await GatewayUnderTest.start(Object.fromEntries(UPSTREAMS.map((name) => [`GATEWAY_UPSTREAM_${name}`, url])));
    callers = [
      { headers: {}, code: 'TOKEN_MISSING' },
      { headers: { authorization: `Bearer ${await tokenOfSomebodyDisabled(gateway)}` }, code: 'TOKEN_REVOKED' },
    ];
  });
  beforeEach(() => {
    reached = [];
  });
  afterAll(async () => {
    await gateway.stop();
    service.closeAllConnections();
    service.close();
  });

  it('is public only where the list says so, and refuses a revoked token and none with 401', async () => {
    const open: string[] = [];
    for (const route of gateway.routes) {
      for (const { headers, code } of callers) {
        const answer = await gateway.asWritten(route.method, examplePath(route), headers);
        const isRefused = answer.status === 401 && answer.code === code;
        if (!isRefused) open.push(`${route.method} ${route.path}`);
      }
    }
    expect([...new Set(open)].sort()).toEqual(PUBLIC);
    expect(gateway.routes.map(({ method, path }) => `${method} ${path}`)).toEqual(
      expect.arrayContaining(['GET /api/accounts', 'POST /api/accounts/:accountId/enable', 'GET /api/auth/me', 'POST /api/dead-letters/:id/replay', 'GET /api/audit/room']),
    );
  });

  it('has no other spelling that lets a revoked token or none in', async () => {
    const answered: string[] = [];
    for (const route of gateway.routes) {
      for (const spelling of otherSpellings(examplePath(route))) {
        for (const { headers } of callers) {
          const { status } = await gateway.asWritten(route.method, spelling, headers);
          if (status !== 401 && status !== 404) answered.push(`${String(status)} ${route.method} ${spelling}`);
        }
      }
    }
    expect(answered).toEqual([]);
    expect(reached).toEqual([]);
  });

  it('is found in one spelling alone, also with a token that counts', async () => {
    const { token } = await gateway.signIn('security-administrator');
    const headers = { authorization: `Bearer ${token}` };
    expect(await gateway.asWritten('GET', '/api/accounts', headers)).toEqual({ status: 200 });
    for (const spelling of otherSpellings('/api/accounts')) {
      // A dot is where the id of one account stands.
      const notThere = spelling === '/api/accounts/.' ? { status: 400, code: 'REQUEST_INVALID' } : { status: 404, code: 'NOT_FOUND' };
      expect([spelling, await gateway.asWritten('GET', spelling, headers)]).toEqual([spelling, notThere]);
    }
  });

  it('of a service behind it is reached by nobody without a sign-in that goes on, however it is spelt', async () => {
    const answered: string[] = [];
    for (const path of PROXIED.flatMap((prefix) => [`/api/${prefix}`, `/api/${prefix}/x`])) {
      for (const spelling of [path, ...otherSpellings(path)]) {
        for (const { headers } of callers) {
          for (const method of ['GET', 'POST']) {
            const { status } = await gateway.asWritten(method, spelling, headers);
            if (status !== 401 && status !== 404) answered.push(`${String(status)} ${method} ${spelling}`);
          }
        }
      }
    }
    expect(answered).toEqual([]);
    expect(reached).toEqual([]);
  });

  it('gets exactly the path that was checked, whatever was written around it', async () => {
    const headers = { authorization: `Bearer ${(await gateway.signIn('operator')).token}` };
    for (const target of ['http://elsewhere.example/api/cases/1?a=%2F', '/api/cases/1?a=%2F', '/api/cases/1?a=%2F#/../accounts']) {
      expect(await gateway.asWritten('GET', target, headers)).toEqual({ status: 200 });
    }
    expect(reached.map((url) => url.split('#')[0])).toEqual(['/api/cases/1?a=%2F', '/api/cases/1?a=%2F', '/api/cases/1?a=%2F']);
  });

  it.each(['/MQTT', '/mqtt/', '//mqtt', '/%6dqtt', '/socket.io?EIO=4&transport=websocket', '/Socket.io/?EIO=4&transport=websocket', '//socket.io/?EIO=4&transport=websocket', '/%73ocket.io/?EIO=4&transport=websocket'])(
    'upgrades no connection at %s',
    async (path) => {
      const stranger = new WebSocket(`${(await gateway.url()).replace('http', 'ws')}${path}`);
      const refused = await new Promise<Error>((resolve) => stranger.once('error', resolve));
      expect(refused.message).toContain('404');
    },
  );
});

/** The token of a security administrator who was disabled after signing in. */
async function tokenOfSomebodyDisabled(gateway: GatewayUnderTest): Promise<string> {
  const { token } = await gateway.signIn('security-administrator');
  const headers = { authorization: `Bearer ${token}` };
  const account = { username: 'left', password: PASSWORDS.operator, name: '离职者', roles: ['security-administrator'], areaCodes: ['440305'] };
  const { body } = await gateway.post('/api/accounts', account, headers);
  const signedIn = await gateway.post('/api/auth/login', { username: account.username, password: account.password });
  await gateway.post(`/api/accounts/${String(body.accountId)}/disable`, {}, headers);
  return String(signedIn.body.accessToken);
}
