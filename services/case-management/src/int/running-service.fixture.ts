import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createSigningKeys, issueAccessToken, type Actor } from '@brain/auth';
import { toCloudEvent, TOPICS, type ProblemDetails, type Role } from '@brain/contracts';
import { MESSAGE_BUS, type MessageBus } from '@brain/message-bus';
import { Clock, createService } from '@brain/service-kit';
import { serviceDatabase } from '@brain/service-kit/testing';
import { type Closers, MASTER_KEY, setUp, tempDir } from '@brain/testing';
import { AppModule } from '../app.module.js';
import { loadConfig } from '../config.js';
import { readTables } from '../replay.js';

const DATABASE = { ...readTables, migrationsDir: join(import.meta.dirname, '..', '..', 'migrations') };

export interface Answer<Body> {
  readonly status: number;
  readonly etag: string | null;
  readonly body: Body & Partial<ProblemDetails>;
}
type CallOptions = { readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown };

/** The real service on a real database, and what tests do with it from outside. */
export class RunningService {
  private constructor(
    readonly app: NestExpressApplication,
    readonly url: string,
    private readonly privateJwk: Awaited<ReturnType<typeof createSigningKeys>>['privateJwk'],
    private readonly closers: Closers,
  ) {}

  static start(): Promise<RunningService> {
    return setUp(async (closers) => {
      const [database, dir, keys] = await Promise.all([
        closers.use(serviceDatabase(DATABASE), (it) => it.drop()),
        closers.use(tempDir(), (it) => it.remove()),
        createSigningKeys(),
      ]);
      const jwksFile = join(dir.path, 'jwks.json');
      await writeFile(jwksFile, JSON.stringify(keys.jwks));
      const config = loadConfig({
        CASES_DATABASE_URL: database.url,
        BRAIN_AUTH_JWKS_FILE: jwksFile,
        BRAIN_MASTER_KEY: MASTER_KEY,
        BRAIN_LOG_LEVEL: process.env.BRAIN_LOG_LEVEL ?? 'silent',
        CASES_OVERDUE_POLL_MS: '50',
      });
      const app = await closers.use(createService('case-management', config.kit, AppModule.with(config)), (it) => it.close());
      await app.listen(0, '127.0.0.1');
      return new RunningService(app, await app.getUrl(), keys.privateJwk, closers);
    });
  }

  stop(): Promise<void> {
    return this.closers.close();
  }

  get bus(): MessageBus {
    return this.app.get<MessageBus>(MESSAGE_BUS);
  }

  /** Time passes for the service, and for nobody else. */
  letPass(ms: number): void {
    const clock = this.app.get(Clock);
    const before = clock.millis.bind(clock);
    clock.millis = () => before() + ms;
  }

  async call<Body>(actor: Actor, method: 'GET' | 'POST', path: string, options: CallOptions = {}): Promise<Answer<Body>> {
    const token = await issueAccessToken(this.privateJwk, actor, 60);
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...options.headers },
      ...(method === 'GET' ? {} : { body: JSON.stringify(options.body ?? {}) }),
    });
    const body = (await response.json()) as Answer<Body>['body'];
    return { status: response.status, etag: response.headers.get('etag'), body };
  }

  async authorizationOf(role: Role): Promise<string> {
    return `Bearer ${await issueAccessToken(this.privateJwk, person(role, role, '440305'), 60)}`;
  }

  /** Tells the service an event of another one, as its relay would. */
  async tell(topic: string, streamId: string, revision: number, type: string, data: object, eventId: string = randomUUID()): Promise<string> {
    const now = new Date().toISOString();
    const record = toCloudEvent({
      eventId,
      streamId,
      revision,
      position: '',
      type,
      data: data as Readonly<Record<string, unknown>>,
      metadata: {
        source: type.split('.')[0] ?? '',
        time: now,
        correlationId: `correlation-${eventId}`,
        causationId: eventId,
        actor: { type: 'system', id: 'test' },
      },
      recordedAt: now,
    });
    await this.bus.publish(topic, [record]);
    return eventId;
  }

  async registerArea(code: string): Promise<void> {
    const data = { code, kind: 'grid', name: code, parentCode: null };
    await this.tell(TOPICS.gridEvents, `area-${code}`, 0, 'grid-registry.area-registered.v1', data);
  }

  async registerWorker(name: string, areaCode: string, isOnDuty = true): Promise<string> {
    const staffId = randomUUID();
    const profile = { staffId, name, roles: ['grid-worker'], areaCodes: [areaCode], skills: [], post: '网格员' };
    await this.tell(TOPICS.gridEvents, `staff-${staffId}`, 0, 'grid-registry.staff-registered.v1', profile);
    if (isOnDuty) await this.comeOnDuty(staffId, 1);
    return staffId;
  }

  async comeOnDuty(staffId: string, revision: number): Promise<void> {
    const data = { staffId, availability: 'on-duty', at: new Date().toISOString() };
    await this.tell(TOPICS.gridEvents, `staff-${staffId}`, revision, 'grid-registry.staff-availability-changed.v1', data);
  }

  async raiseAlert(alertId: string, areaCode: string, eventId?: string, category = '01076'): Promise<void> {
    const at = new Date().toISOString();
    const data = {
      alertId,
      ruleId: randomUUID(),
      ruleRevision: 0,
      title: 'lift room too hot',
      deviceId: randomUUID(),
      deviceName: 'lift room 3',
      areaCode,
      location: { lng: 113.92, lat: 22.53 },
      severity: 'CRITICAL',
      conditionSince: at,
      raisedAt: at,
      reading: { ts: Date.now(), values: { temperature: 61.5 } },
      openCase: { category, title: 'lift room over 60 °C' },
    };
    await this.tell(TOPICS.alertingEvents, `alert-${alertId}`, 0, 'alerting.alert-raised.v1', data, eventId);
  }
}

export function person(id: string, role: Actor['roles'][number], areaCode: string, staffId: string | null = null): Actor {
  return { id, username: id, name: id, roles: [role], areaCodes: [areaCode], staffId };
}
