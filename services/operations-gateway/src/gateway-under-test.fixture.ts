import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { JWK } from 'jose';
import pg from 'pg';
import { io, type Socket } from 'socket.io-client';
import { createSigningKeys, issueAccessToken, type Actor } from '@brain/auth';
import {
  SOCKET_NAMESPACE,
  toCloudEvent,
  type ClientToServerEvents,
  type ServerToClientEvents,
  type StoredEvent,
  type Topic,
} from '@brain/contracts';
import { EVENT_STORE, installEventStore, installPersonalData, MasterKeyRing, PersonalData, rebuildReadTables, START_POSITION, type EventStore, type PersonKeys, type TableComparison } from '@brain/event-store';
import { installMessageBus, MESSAGE_BUS, topicCatalogue, type MessageBus } from '@brain/message-bus';
import { createService, Database, SEALED_EVENT_STORE } from '@brain/service-kit';
import { MASTER_KEY, requestAsWritten, runningRoutes, tempDir, testDatabase, type RunningRoute, type WrittenAnswer } from '@brain/testing';
import { AppModule } from './app.module.js';
import { loadConfig } from './config.js';
import { readTables } from './replay.js';

export const PASSWORDS = {
  administrator: 'first-administrator',
  'security-administrator': 'first-security-administrator',
  operator: 'first-operator',
} as const;
export type LiveSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The gateway on its own database and port, with first accounts, and ways to speak to it. */
export class GatewayUnderTest {
  private constructor(
    private app: NestExpressApplication,
    private readonly environment: NodeJS.ProcessEnv,
    readonly privateJwk: JWK,
    private readonly cleanUp: () => Promise<void>,
  ) {}

  static async start(variables: NodeJS.ProcessEnv = {}): Promise<GatewayUnderTest> {
    const [database, folder, keys] = await Promise.all([testDatabase(), tempDir(), createSigningKeys()]);
    const file = async (name: string, content: unknown): Promise<string> => {
      await writeFile(join(folder.path, name), JSON.stringify(content));
      return join(folder.path, name);
    };
    await installEngines(database.url);
    const environment = {
      GATEWAY_DATABASE_URL: database.url,
      GATEWAY_HTTP_PORT: '0',
      GATEWAY_SIGNING_KEY_FILE: await file('signing.json', keys.privateJwk),
      BRAIN_AUTH_JWKS_FILE: await file('jwks.json', keys.jwks),
      BRAIN_MASTER_KEY: MASTER_KEY,
      BRAIN_LOG_LEVEL: 'silent',
      GATEWAY_FIRST_ACCOUNTS_FILE: await file('credentials.json', [
        { username: 'administrator', password: PASSWORDS.administrator, role: 'administrator' },
        { username: 'security-administrator', password: PASSWORDS['security-administrator'], role: 'security-administrator' },
        { username: 'operator', password: PASSWORDS.operator, role: 'operator', name: '值班员', areaCodes: ['440305'] },
      ]),
      ...variables,
    };
    const cleanUp = async () => {
      await Promise.all([database.drop(), folder.remove()]);
    };
    return new GatewayUnderTest(await listening(environment), environment, keys.privateJwk, cleanUp);
  }

  /** Another process on the same database and port, as after a crash. */
  async restart(): Promise<void> {
    const port = new URL(await this.url()).port;
    await this.app.close();
    this.app = await listening({ ...this.environment, GATEWAY_HTTP_PORT: port });
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.cleanUp();
  }

  async url(path = ''): Promise<string> {
    const { port } = new URL(await this.app.getUrl());
    return `http://127.0.0.1:${port}${path}`;
  }

  async request(path: string, options: RequestInit = {}): Promise<Answer> {
    const response = await fetch(await this.url(path), options);
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: isJson ? (JSON.parse(text) as Answer['body']) : { text } };
  }

  get routes(): readonly RunningRoute[] {
    return runningRoutes(this.app.getHttpAdapter().getInstance());
  }

  async asWritten(method: string, path: string, headers: Readonly<Record<string, string>> = {}): Promise<WrittenAnswer> {
    return requestAsWritten(await this.url(), method, path, headers);
  }

  post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.request(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
  }

  put(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.request(path, { method: 'PUT', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
  }

  async signIn(username: keyof typeof PASSWORDS): Promise<{ readonly token: string; readonly cookie: string }> {
    const { headers, body } = await this.post('/api/auth/login', { username, password: PASSWORDS[username] });
    return { token: String(body.accessToken), cookie: headers.getSetCookie()[0]?.split(';')[0] ?? '' };
  }

  tokenFor(actor: Partial<Actor>, ttlSeconds = 60, now = Date.now()): Promise<string> {
    const whole: Actor = { id: 'someone', username: 'someone', name: 'someone', roles: ['operator'], areaCodes: ['440305'], staffId: null, ...actor };
    return issueAccessToken(this.privateJwk, whole, ttlSeconds, now);
  }

  async connect(auth: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = {}): Promise<LiveSocket> {
    return io(`${await this.url()}${SOCKET_NAMESPACE}`, {
      auth,
      extraHeaders: headers,
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    });
  }

  publish(topic: Topic, ...events: readonly StoredEvent[]): Promise<void> {
    return this.app.get<MessageBus>(MESSAGE_BUS).publish(topic, events.map(toCloudEvent));
  }

  /** Into the store, and from there to the bus together, as the services whose events they are would do it. */
  async record(topic: Topic, ...events: readonly StoredEvent[]): Promise<void> {
    const sealed: StoredEvent[] = [];
    for (const { streamId, revision, eventId, type, data, metadata } of events) {
      const expectedRevision = revision === 0 ? 'none' : revision - 1;
      await this.app.get<EventStore>(EVENT_STORE).append([{ streamId, expectedRevision, events: [{ eventId, type, data, metadata }] }]);
      for await (const event of this.app.get<EventStore>(SEALED_EVENT_STORE).readStream(streamId, { fromRevision: revision })) sealed.push(event);
    }
    await this.publish(topic, ...sealed);
  }

  /** The read tables made again from the store, and how they compare. */
  rebuilt(): Promise<readonly TableComparison[]> {
    const { pool } = this.app.get(Database);
    const migrationsDir = join(import.meta.dirname, '..', 'migrations');
    return rebuildReadTables({ ...readTables, store: this.app.get<EventStore>(EVENT_STORE), pool, migrationsDir });
  }

  /** For what no request brings about. */
  async sql(text: string, parameters: readonly unknown[]): Promise<void> {
    await this.app.get(Database).query(text, parameters);
  }

  get personKeys(): PersonKeys {
    return this.app.get(PersonalData).keys;
  }

  publishValue(topic: Topic, key: string, value: unknown): Promise<void> {
    return this.app.get<MessageBus>(MESSAGE_BUS).publish(topic, [{ key, headers: {}, value }]);
  }

  /** What the store holds of these types, oldest first; version 1 where none is named. */
  async recorded(...types: readonly string[]): Promise<StoredEvent[]> {
    const found: StoredEvent[] = [];
    const wanted = types.map((type) => `operations-gateway.${type}${/\.v\d+$/.test(type) ? '' : '.v1'}`);
    for await (const event of this.app.get<EventStore>(EVENT_STORE).readAll({ after: START_POSITION, types: wanted })) found.push(event);
    return found;
  }

  get bus(): MessageBus {
    return this.app.get<MessageBus>(MESSAGE_BUS);
  }
}

async function listening(environment: NodeJS.ProcessEnv): Promise<NestExpressApplication> {
  const config = loadConfig(environment);
  const app = await createService('operations-gateway', config.kit, AppModule.with(config));
  await app.listen(config.kit.httpPort, '127.0.0.1');
  return app;
}

async function installEngines(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await installEventStore(client, { roles: [] });
    await installPersonalData(client, { masterKeys: MasterKeyRing.fromText(MASTER_KEY), readers: [], writers: [], erasers: [] });
    await installMessageBus(client, { roles: [], topics: topicCatalogue });
  } finally {
    await client.end();
  }
}
