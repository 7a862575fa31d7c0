import { strictEqual } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSigningKeys, issueAccessToken, type Actor } from '@brain/auth';
import {
  TOPICS,
  areaRegisteredV1,
  deviceRegisteredV1,
  staffRegisteredV1,
  toCloudEvent,
  type MetricValue,
  type Reading,
  type RuleDefinitionInput,
  type StoredEvent,
  type TelemetryMessage,
  type Topic,
} from '@brain/contracts';
import { createEventCodec, PersonalData } from '@brain/event-store';
import { MESSAGE_BUS, type MessageBus } from '@brain/message-bus';
import { createService, Database } from '@brain/service-kit';
import { serviceDatabase } from '@brain/service-kit/testing';
import { eventually, MASTER_KEY, Restartable, setUp, tempDir } from '@brain/testing';
import type { AskedService } from '@brain/testing/access';
import { AppModule } from './app.module.js';
import { loadConfig } from './config.js';
import { readTables } from './replay.js';

const DATABASE = { ...readTables, migrationsDir: join(import.meta.dirname, '..', 'migrations') };

const TOKEN_SECONDS = 3600;
const foreign = createEventCodec([areaRegisteredV1, deviceRegisteredV1, staffRegisteredV1]);

export const AREA = '440305001001';
export const ELSEWHERE = '440306001001';
export const DEVICE = '018f0000-0000-7000-8000-000000000002';
/** Works in AREA; the other works ELSEWHERE. */
export const STAFF = '018f0000-0000-7000-8000-0000000000a1';
export const FAR_STAFF = '018f0000-0000-7000-8000-0000000000a2';
export const SMOKE_DEVICE = '018f0000-0000-7000-8000-000000000003';

export interface Answer {
  readonly status: number;
  readonly etag: string | null;
  readonly body: Record<string, unknown> & {
    readonly code?: string;
    readonly errors?: readonly { readonly path: string; readonly message: string }[];
    readonly items?: readonly Record<string, unknown>[];
  };
}

export const person = (id: string, role: Actor['roles'][number], ...areaCodes: readonly string[]): Actor => ({
  id,
  username: id,
  name: id,
  roles: [role],
  areaCodes: areaCodes.length === 0 ? ['440305'] : areaCodes,
  staffId: null,
});

/** The whole service on a fresh database, over HTTP and the bus. */
export const startAlerting = (env: Readonly<Record<string, string>> = {}) => setUp(async (closers) => {
  const [database, folder, keys] = await Promise.all([
    closers.use(serviceDatabase(DATABASE), (it) => it.drop()),
    closers.use(tempDir(), (it) => it.remove()),
    createSigningKeys(),
  ]);
  const jwksFile = join(folder.path, 'jwks.json');
  await writeFile(jwksFile, JSON.stringify(keys.jwks));
  const config = loadConfig({
    ALERTING_DATABASE_URL: database.url,
    ALERTING_COPY_WAIT_MS: '300',
    BRAIN_AUTH_JWKS_FILE: jwksFile,
    BRAIN_MASTER_KEY: MASTER_KEY,
    BRAIN_LOG_LEVEL: 'silent',
    ...env,
  });
  const open = () =>
    setUp(async (opened) => {
      const app = await opened.use(createService('alerting', config.kit, AppModule.with(config)), (it) => it.close());
      await app.listen(0, '127.0.0.1');
      return app;
    });
  const running = new Restartable(open, (app) => app.close());
  closers.add(() => running.stop());
  await running.start();
  const app = () => running.current;

  const call = async (who: Actor, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> => {
    const token = await issueAccessToken(keys.privateJwk, who, TOKEN_SECONDS);
    const response = await fetch(`${await app().getUrl()}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, etag: response.headers.get('etag'), body: (await response.json()) as Answer['body'] };
  };
  const bus = () => app().get<MessageBus>(MESSAGE_BUS);

  return {
    call,
    asked: async (): Promise<AskedService> => ({
      url: await app().getUrl(),
      authorizationOf: async (role) => `Bearer ${await issueAccessToken(keys.privateJwk, person(role, role), TOKEN_SECONDS)}`,
    }),
    app,
    databaseUrl: database.ownerUrl,
    keys: () => app().get(PersonalData).keys,
    publishEvent: (topic: Topic, event: StoredEvent) => bus().publish(topic, [toCloudEvent(event)]),
    /** An area, a device of each of two kinds in it, a person who works there and one who does not. */
    async furnish(): Promise<void> {
      const area = foreign.encode({ type: 'AreaRegistered', data: { code: AREA, kind: 'community', name: 'Nantou', parentCode: null } });
      await bus().publish(TOPICS.gridEvents, [toCloudEvent(storedEvent(`area-${AREA}`, 'grid-registry', area))]);
      for (const [deviceId, kind] of [[DEVICE, 'temperature'], [SMOKE_DEVICE, 'smoke']] as const) {
        const data = { deviceId, name: `${kind} sensor`, kind, areaCode: AREA, location: { lng: 113.92, lat: 22.53 } };
        const device = foreign.encode({ type: 'DeviceRegistered', data });
        await bus().publish(TOPICS.deviceEvents, [toCloudEvent(storedEvent(`device-${deviceId}`, 'sensor-ingestion', device))]);
      }
      for (const [staffId, areaCode] of [[STAFF, AREA], [FAR_STAFF, ELSEWHERE]] as const) {
        const data = { staffId, name: staffId, roles: ['operator' as const], areaCodes: [areaCode], skills: [], post: '网格员' };
        const staff = foreign.encode({ type: 'StaffRegistered', data });
        await bus().publish(TOPICS.gridEvents, [toCloudEvent(storedEvent(`staff-${staffId}`, 'grid-registry', staff))]);
      }
      // A reading that comes before its device is evaluated without the name.
      await eventually(async () => {
        const [copies] = await app().get(Database).query<{ count: number }>('SELECT count(*)::int FROM device_copy WHERE device_id = ANY ($1)', [[DEVICE, SMOKE_DEVICE]]);
        strictEqual(copies?.count, 2);
      });
    },
    async publishReadings(...messages: readonly TelemetryMessage[]): Promise<void> {
      await bus().publish(TOPICS.readings, messages.map((value) => ({ key: value.deviceId, headers: {}, value })));
    },
    /** Ends the process's memory; what is stored stays. */
    restart: () => running.restart(),
    stop: () => closers.close(),
  };
});

export type AlertingUnderTest = Awaited<ReturnType<typeof startAlerting>>;

export const hotRule: RuleDefinitionInput = {
  name: 'lift room too hot',
  scope: { kind: 'temperature', areaCode: AREA },
  when: 'reading.temperature > 60.0',
  clearWhen: 'reading.temperature < 55.0',
  severity: 'CRITICAL',
};

const START = Date.parse('2026-03-01T10:00:00.000Z');

export const at = (seconds: number, values: Record<string, MetricValue>): Reading => ({ ts: START + seconds * 1000, values });

export function message(...readings: readonly Reading[]): TelemetryMessage {
  return {
    messageId: randomUUID(),
    deviceId: DEVICE,
    kind: 'temperature',
    areaCode: AREA,
    receivedAt: START,
    correlationId: 'correlation-1',
    ownTime: true,
    resent: false,
    messageKey: randomUUID(),
    readings: [...readings],
  };
}

export function storedEvent(
  streamId: string,
  source: string,
  encoded: { readonly type: string; readonly data: StoredEvent['data'] },
): StoredEvent {
  const time = '2026-03-01T09:00:00.000Z';
  return {
    eventId: randomUUID(),
    streamId,
    revision: 0,
    position: '1',
    ...encoded,
    metadata: { source, time, correlationId: 'seed-correlation', causationId: 'seed', actor: { type: 'user', id: 'admin' } },
    recordedAt: time,
  };
}
