import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { createSigningKeys, issueAccessToken, type Actor } from '@brain/auth';
import { personErasedV1, toCloudEvent, TOPICS, wearerForgottenV1, type StoredEvent } from '@brain/contracts';
import {
  EVENT_STORE,
  MasterKeyRing,
  PersonalData,
  PostgresEventStore,
  PostgresPersonKeys,
  SealingEventStore,
  wireNameOf,
  type EventStore,
} from '@brain/event-store';
import { MESSAGE_BUS, type MessageBus } from '@brain/message-bus';
import { createService, eventOf } from '@brain/service-kit';
import { serviceDatabase } from '@brain/service-kit/testing';
import { MASTER_KEY, Restartable, setUp, tempDir } from '@brain/testing';
import type { AskedService } from '@brain/testing/access';
import { AppModule } from './app.module.js';
import { loadConfig } from './config.js';
import { readTables } from './replay.js';

const DATABASE = { ...readTables, migrationsDir: join(import.meta.dirname, '..', 'migrations') };

const TOKEN_SECONDS = 3600;

export interface Answer {
  readonly status: number;
  readonly etag: string | null;
  readonly body: Record<string, unknown> & {
    readonly code?: string;
    readonly errors?: readonly { readonly path: string; readonly message: string }[];
    readonly refused?: readonly { readonly code: string; readonly path: string }[];
    readonly items?: readonly Record<string, unknown>[];
  };
}

export interface CallOptions {
  readonly body?: string | Uint8Array | object;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const person = (id: string, role: Actor['roles'][number], areaCodes: readonly string[] = ['440305'], staffId: string | null = null): Actor => ({
  id,
  username: id,
  name: id,
  roles: [role],
  areaCodes,
  staffId,
});

/** The whole service on a fresh database, over HTTP. */
export const startGridRegistry = (env: Readonly<Record<string, string>> = {}) => setUp(async (closers) => {
  const [database, folder, keys] = await Promise.all([
    closers.use(serviceDatabase(DATABASE), (it) => it.drop()),
    closers.use(tempDir(), (it) => it.remove()),
    createSigningKeys(),
  ]);
  const jwksFile = join(folder.path, 'jwks.json');
  await writeFile(jwksFile, JSON.stringify(keys.jwks));
  const config = loadConfig({ GRID_DATABASE_URL: database.url, BRAIN_AUTH_JWKS_FILE: jwksFile, BRAIN_MASTER_KEY: MASTER_KEY, BRAIN_LOG_LEVEL: 'silent', ...env });
  const open = () =>
    setUp(async (opened) => {
      const app = await opened.use(createService('grid-registry', config.kit, AppModule.with(config)), (it) => it.close());
      await app.listen(0, '127.0.0.1');
      await keepNoReadings(app.get<MessageBus>(MESSAGE_BUS), app.get<EventStore>(EVENT_STORE));
      return app;
    });
  const running = new Restartable(open, (app) => app.close());
  closers.add(() => running.stop());
  await running.start();
  const app = () => running.current;

  return {
    databaseUrl: database.ownerUrl,
    publishDeviceEvent: (event: StoredEvent) => app().get<MessageBus>(MESSAGE_BUS).publish(TOPICS.deviceEvents, [toCloudEvent(event)]),
    async call(who: Actor, method: string, path: string, { body, type = 'application/json', headers = {} }: CallOptions = {}): Promise<Answer> {
      const token = await issueAccessToken(keys.privateJwk, who, TOKEN_SECONDS);
      const payload = typeof body === 'object' && !(body instanceof Uint8Array) ? JSON.stringify(body) : body;
      const response = await fetch(`${await app().getUrl()}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': type, ...headers },
        ...(payload === undefined ? {} : { body: payload }),
      });
      return { status: response.status, etag: response.headers.get('etag'), body: (await response.json()) as Answer['body'] };
    },
    asked: async (): Promise<AskedService> => ({
      url: await app().getUrl(),
      authorizationOf: async (role) => `Bearer ${await issueAccessToken(keys.privateJwk, person(role, role), TOKEN_SECONDS)}`,
    }),
    /** Ends the process's memory; what is stored stays. */
    restart: () => running.restart(),
    stop: () => closers.close(),
  };
});

/** In the place of whoever keeps readings: there are none, so that every person who is erased is forgotten at once. */
async function keepNoReadings(bus: MessageBus, store: EventStore): Promise<void> {
  await bus.subscribe({
    group: 'readings-of-nobody',
    topics: [TOPICS.gridEvents],
    async handler(records) {
      for (const stored of records.map(eventOf)) {
        if (stored.type !== wireNameOf(personErasedV1)) continue;
        const { subject, at } = personErasedV1.data.parse(stored.data);
        const wearerId = subject.slice(subject.indexOf(':') + 1);
        // One id for all deliveries: what a restart interrupts between the two steps comes again.
        const event = { ...deviceEvent(`wearer-${wearerId}`, wireNameOf(wearerForgottenV1), { wearerId, devices: 0, at }), eventId: wearerId };
        await store.append([{ streamId: event.streamId, expectedRevision: 'none', events: [event] }]);
        await bus.publish(TOPICS.deviceEvents, [toCloudEvent(event)]);
      }
    },
  });
}

export function deviceEvent(streamId: string, type: string, data: StoredEvent['data'], areaCode?: string): StoredEvent {
  const time = new Date().toISOString();
  const metadata = { source: 'sensor-ingestion', time, correlationId: streamId, causationId: streamId, actor: { type: 'system', id: 'test' } } as const;
  return { eventId: randomUUID(), streamId, revision: 0, position: streamId, type, data, metadata: areaCode === undefined ? metadata : { ...metadata, areaCode }, recordedAt: time };
}

/** The record as services read it; close it afterwards. */
export function openRecord(connectionString: string, pool: pg.Pool): EventStore {
  const keys = new PostgresPersonKeys(pool, MasterKeyRing.fromText(MASTER_KEY));
  return new SealingEventStore(new PostgresEventStore({ connectionString }), new PersonalData(keys));
}

export type GridRegistryUnderTest = Awaited<ReturnType<typeof startGridRegistry>>;
