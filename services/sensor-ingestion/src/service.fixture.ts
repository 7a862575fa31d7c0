import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';
import { createSigningKeys, issueAccessToken } from '@brain/auth';
import { TOPICS, toCloudEvent, type Role } from '@brain/contracts';
import { MESSAGE_BUS, type MessageBus } from '@brain/message-bus';
import { createService } from '@brain/service-kit';
import { serviceDatabase } from '@brain/service-kit/testing';
import { MASTER_KEY, setUp, tempDir } from '@brain/testing';
import type { AskedService } from '@brain/testing/access';
import { installTimeSeries } from '@brain/time-series';
import { AppModule } from './app.module.js';
import { loadConfig } from './config.js';
import { AuthHttpServer } from './emqx/auth-http.server.js';
import { MqttListener } from './mqtt/mqtt-listener.js';
import { readTables } from './replay.js';

const DATABASE = {
  ...readTables,
  migrationsDir: join(import.meta.dirname, '..', 'migrations'),
  installMore: (client: ClientBase, roles: readonly string[]) => installTimeSeries(client, { roles }),
};

export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
  readonly etag: string | null;
}

export type Call = <Body>(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<Answer<Body>>;

export interface RunningService {
  readonly mqttUrl: string;
  /** When INGESTION_TLS_PORT is set. */
  readonly mqttsUrl: string;
  /** When INGESTION_AUTH_HTTP_PORT is set. */
  readonly authHttpUrl: string;
  readonly webSocketUrl: string;
  readonly databaseUrl: string;
  as(roles: readonly Role[], areaCodes: readonly string[]): Promise<Call>;
  readonly asked: AskedService;
  /** News of the grid: an area exists. */
  addArea(code: string): Promise<void>;
  /** News of the grid: two people agreed to erase somebody. The key is destroyed by whoever does that. */
  personErased(personId: string): Promise<void>;
  close(): Promise<void>;
}

/** The whole service on a real PostgreSQL, as the supervisor would start it. */
export const runServiceForTest = (settings: Readonly<Record<string, string>> = {}): Promise<RunningService> => setUp(async (closers) => {
  const [database, folder, keys] = await Promise.all([
    closers.use(serviceDatabase(DATABASE), (it) => it.drop()),
    closers.use(tempDir(), (it) => it.remove()),
    createSigningKeys(),
  ]);
  const jwksFile = join(folder.path, 'jwks.json');
  await writeFile(jwksFile, JSON.stringify(keys.jwks));

  const config = loadConfig({
    INGESTION_DATABASE_URL: database.url,
    INGESTION_MQTT_HOST: '127.0.0.1',
    INGESTION_MQTT_PORT: '0',
    INGESTION_MQTT_WS_PORT: '0',
    INGESTION_SESSION_CHECK_MS: '50',
    BRAIN_AUTH_JWKS_FILE: jwksFile,
    BRAIN_MASTER_KEY: MASTER_KEY,
    BRAIN_LOG_LEVEL: 'silent',
    ...settings,
  });
  const app = await closers.use(createService('sensor-ingestion', config.kit, AppModule.with(config)), (it) => it.close());
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const listener = app.get(MqttListener);
  const tokenOf = (roles: readonly Role[], areaCodes: readonly string[]) =>
    issueAccessToken(keys.privateJwk, { id: randomUUID(), username: 'tester', name: 'Tester', roles, areaCodes, staffId: null }, 3600);

  return {
    mqttUrl: `mqtt://127.0.0.1:${String(listener.port)}`,
    mqttsUrl: `mqtts://127.0.0.1:${String(listener.tlsPort ?? '')}`,
    databaseUrl: database.ownerUrl,
    authHttpUrl: `http://127.0.0.1:${String(config.INGESTION_AUTH_HTTP_PORT === undefined ? '' : app.get(AuthHttpServer).port)}`,
    webSocketUrl: `ws://127.0.0.1:${String(listener.webSocketPort)}/mqtt`,
    as: async (roles, areaCodes) => caller(url, await tokenOf(roles, areaCodes)),
    asked: { url, authorizationOf: async (role) => `Bearer ${await tokenOf([role], ['440305'])}` },
    addArea: (code) => app.get<MessageBus>(MESSAGE_BUS).publish(TOPICS.gridEvents, [areaRegistered(code)]),
    personErased: (personId) => app.get<MessageBus>(MESSAGE_BUS).publish(TOPICS.gridEvents, [personErased(personId)]),
    close: () => closers.close(),
  };
});

function caller(url: string, token: string): Call {
  const call = async (method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer<unknown>> => {
    const isText = typeof body === 'string' || body instanceof Uint8Array;
    const response = await fetch(`${url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': isText ? 'text/csv' : 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: isText ? new Blob([body]) : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text), etag: response.headers.get('etag') };
  };
  return call as Call;
}

function areaRegistered(code: string) {
  return newsOfGrid(`area-${code}`, 'grid-registry.area-registered.v1', { code, kind: 'community', name: code, parentCode: null });
}

function personErased(personId: string) {
  const subject = `person:${personId}`;
  const data = { subject, keyId: randomUUID(), requestedBy: 'ada', confirmedBy: 'otto', at: new Date().toISOString() };
  return newsOfGrid(`erasure-person-${personId}`, 'grid-registry.person-erased.v1', data);
}

function newsOfGrid(streamId: string, type: string, data: Readonly<Record<string, unknown>>) {
  const time = new Date().toISOString();
  return toCloudEvent({
    eventId: randomUUID(),
    streamId,
    revision: 0,
    position: streamId,
    type,
    data,
    metadata: { source: 'grid-registry', time, correlationId: streamId, causationId: streamId, actor: { type: 'system', id: 'test' } },
    recordedAt: time,
  });
}
