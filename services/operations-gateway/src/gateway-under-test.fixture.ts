import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { JWK } from 'jose';
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
import { EVENT_STORE, PersonalData, rebuildReadTables, START_POSITION, type EventStore, type PersonKeys, type TableComparison } from '@brain/event-store';
import { MESSAGE_BUS, type MessageBus } from '@brain/message-bus';
import { createService, Database, SEALED_EVENT_STORE } from '@brain/service-kit';
import { serviceDatabase } from '@brain/service-kit/testing';
import { type Closers, MASTER_KEY, requestAsWritten, Restartable, runningRoutes, setUp, tempDir, type RunningRoute, type WrittenAnswer } from '@brain/testing';
import { AppModule } from './app.module.js';
import { loadConfig } from './config.js';
import { readTables } from './replay.js';

const MIGRATIONS = join(import.meta.dirname, '..', 'migrations');

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
  /** Another process on the same port, once there was one. */
  private port = '0';

  private constructor(
    private readonly running: Restartable<NestExpressApplication>,
    readonly privateJwk: JWK,
    private readonly closers: Closers,
  ) {}

  static start(variables: NodeJS.ProcessEnv = {}): Promise<GatewayUnderTest> {
    return setUp(async (closers) => {
      const [database, folder, keys] = await Promise.all([
        closers.use(serviceDatabase({ ...readTables, migrationsDir: MIGRATIONS }), (it) => it.drop()),
        closers.use(tempDir(), (it) => it.remove()),
        createSigningKeys(),
      ]);
      const file = async (name: string, content: unknown): Promise<string> => {
        await writeFile(join(folder.path, name), JSON.stringify(content));
        return join(folder.path, name);
      };
      const environment = {
        GATEWAY_DATABASE_URL: database.url,
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
      const open = (): Promise<NestExpressApplication> => listening({ ...environment, GATEWAY_HTTP_PORT: gateway.port });
      const running = new Restartable(open, (app) => app.close());
      const gateway = new GatewayUnderTest(running, keys.privateJwk, closers);
      closers.add(() => running.stop());
      await running.start();
      return gateway;
    });
  }

  private get app(): NestExpressApplication {
    return this.running.current;
  }

  /** Another process on the same database and port, as after a crash. */
  async restart(): Promise<void> {
    this.port = new URL(await this.url()).port;
    await this.running.restart();
  }

  stop(): Promise<void> {
    return this.closers.close();
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
    return rebuildReadTables({ ...readTables, store: this.app.get<EventStore>(EVENT_STORE), pool, migrationsDir: MIGRATIONS });
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

function listening(environment: NodeJS.ProcessEnv): Promise<NestExpressApplication> {
  return setUp(async (closers) => {
    const config = loadConfig(environment);
    const app = await closers.use(createService('operations-gateway', config.kit, AppModule.with(config)), (it) => it.close());
    await app.listen(config.kit.httpPort, '127.0.0.1');
    return app;
  });
}
