import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createSigningKeys, issueAccessToken, type Actor } from '@brain/auth';
import { toCloudEvent, TOPICS, type Role, type StoredEvent } from '@brain/contracts';
import { EVENT_STORE, type EventStore, rebuildReadTables, START_POSITION } from '@brain/event-store';
import { MESSAGE_BUS, type MessageBus } from '@brain/message-bus';
import { createService, Database } from '@brain/service-kit';
import { serviceDatabase } from '@brain/service-kit/testing';
import { Closers, eventually, MASTER_KEY, tempDir } from '@brain/testing';
import { accessTableOf, askEveryRoute, openInOtherSpellings } from '@brain/testing/access';
import { AppModule } from '../app.module.js';
import { loadConfig } from '../config.js';
import type { OutcomeEvent } from '../evaluations/domain/case-outcome.js';
import type { EvaluationView } from '../evaluations/evaluation-view.js';
import { caseEventsProjection } from '../evidence/case-events.projection.js';
import { outcomeCodec } from '../evidence/outcome-events.codec.js';
import { readTables } from '../replay.js';

const evaluator: Actor = { id: 'eva', username: 'eva', name: 'Eva', roles: ['evaluator'], areaCodes: ['440305'], staffId: null };
const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));
const ana = 'a0000000-0000-4000-8000-000000000001';
const november = { schemeId: 'on-time-closing', from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' };
const dueAt = '2026-11-10T10:00:00.000Z';

interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

describe('evaluations over HTTP', () => {
  let app: NestExpressApplication;
  let keys: Awaited<ReturnType<typeof createSigningKeys>>;
  const closers = new Closers();

  beforeAll(async () => {
    const [database, dir] = await Promise.all([
      closers.use(serviceDatabase({ ...readTables, migrationsDir: MIGRATIONS }), (it) => it.drop()),
      closers.use(tempDir(), (it) => it.remove()),
    ]);
    keys = await createSigningKeys();
    const jwksFile = join(dir.path, 'jwks.json');
    await writeFile(jwksFile, JSON.stringify(keys.jwks));
    const config = loadConfig({
      EVALUATION_DATABASE_URL: database.url,
      BRAIN_AUTH_JWKS_FILE: jwksFile,
      BRAIN_MASTER_KEY: MASTER_KEY,
      BRAIN_LOG_LEVEL: process.env.BRAIN_LOG_LEVEL ?? 'silent',
    });
    app = await closers.use(createService('staff-evaluation', config.kit, AppModule.with(config)), (it) => it.close());
    await app.listen(0, '127.0.0.1');
    await publish(TOPICS.gridEvents, [registered(ana, 'Ana')]);
    for (const closedAt of ['2026-11-09T00:00:00.000Z', '2026-11-09T01:00:00.000Z', '2026-11-11T00:00:00.000Z']) {
      await publish(TOPICS.caseEvents, await record('440305001001', closedAt));
    }
    await publish(TOPICS.caseEvents, await record('440306001001', '2026-11-09T02:00:00.000Z'));
    await eventually(async () => {
      const names = (await compute()).body.scores.map(({ name }) => name);
      expect(names).toEqual(['Ana']);
    });
  });
  afterAll(() => closers.close());

  async function call<Body>(actor: Actor, method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer<Body>> {
    const token = await issueAccessToken(keys.privateJwk, actor, 60);
    const response = await fetch(`${await app.getUrl()}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Body };
  }
  const compute = (body: object = november, actor = evaluator, headers: Record<string, string> = {}) =>
    call<EvaluationView>(actor, 'POST', '/api/evaluations', body, headers);

  /** Records a case in the store as case-management does, without telling anybody yet. */
  async function record(areaCode: string, closedAt: string): Promise<readonly StoredEvent[]> {
    const caseId = randomUUID();
    const events = caseClosing(caseId, areaCode, closedAt).map((event) => ({
      eventId: randomUUID(),
      ...outcomeCodec.encode(event),
      metadata: {
        source: 'case-management',
        time: closedAt,
        correlationId: caseId,
        causationId: caseId,
        actor: { type: 'user', id: 'op' } as const,
      },
    }));
    const store = app.get<EventStore>(EVENT_STORE);
    return (await store.append([{ streamId: `case-${caseId}`, expectedRevision: 'none', events }])).events;
  }

  async function publish(topic: string, events: readonly StoredEvent[]): Promise<void> {
    await app.get<MessageBus>(MESSAGE_BUS).publish(topic, events.map(toCloudEvent));
  }

  it('scores each person with the events behind the number, within the areas of the evaluator', async () => {
    const { status, body } = await compute();
    expect(status).toBe(201);
    expect(body).toMatchObject({ schemeVersion: 1, areaCodes: ['440305'], computedBy: 'eva', people: 1 });
    const [score] = body.scores;
    expect(score).toMatchObject({ staffId: ana, name: 'Ana', numerator: 2, denominator: 3, value: 0.666667, note: null });
    expect(score?.evidence).toHaveLength(3);
    const again = await call<EvaluationView>(evaluator, 'GET', `/api/evaluations/${body.evaluationId}`);
    expect(again.body).toEqual(body);
  });

  it('waits for what is recorded and has not arrived yet', async () => {
    const events = await record('440305001002', '2026-11-09T05:00:00.000Z');
    const computing = compute();
    await publish(TOPICS.caseEvents, events);
    expect((await computing).body.scores).toMatchObject([{ numerator: 3, denominator: 4 }]);
  });

  it('waits for what an older open transaction hides from readers', async () => {
    const { body: before } = await compute();
    const older = await app.get(Database).pool.connect();
    await older.query('BEGIN');
    await older.query('SELECT pg_current_xact_id()');
    const events = await record('440305001002', '2026-11-09T06:00:00.000Z');
    const heads = jest.spyOn(app.get<EventStore>(EVENT_STORE), 'headPosition');
    const computing = compute();
    await eventually(() => expect(heads.mock.calls.length).toBeGreaterThan(2));
    heads.mockRestore();
    await older.query('COMMIT');
    older.release();
    await publish(TOPICS.caseEvents, events);
    expect((await computing).body.scores[0]?.denominator).toBe((before.scores[0]?.denominator ?? 0) + 1);
  });

  it('gives the same numbers when computed again, also after more was recorded', async () => {
    const { body } = await compute();
    await publish(TOPICS.caseEvents, await record('440305001001', '2026-11-09T07:00:00.000Z'));
    expect((await compute()).body.scores[0]?.denominator).toBe((body.scores[0]?.denominator ?? 0) + 1);
    const check = await call<{ identical: boolean }>(evaluator, 'GET', `/api/evaluations/${body.evaluationId}/check`);
    expect(check.body).toMatchObject({ identical: true, recomputed: body.scores.map(({ numerator }) => ({ numerator })) });
  });

  it('computes once for one Idempotency-Key', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const [first, second] = [await compute(november, evaluator, headers), await compute(november, evaluator, headers)];
    expect(second.body).toEqual(first.body);
    const other = await compute({ ...november, to: '2026-11-15T00:00:00.000Z' }, evaluator, headers);
    expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  it.each([
    ['to', 'EVALUATION_PERIOD_INVALID', 422, { ...november, to: november.from }],
    ['asOf', 'EVALUATION_PERIOD_INVALID', 422, { ...november, asOf: '2999-01-01T00:00:00.000Z' }],
    ['schemeId', 'SCHEME_UNKNOWN', 422, { ...november, schemeId: 'five-star' }],
    ['from', 'VALIDATION_FAILED', 400, { ...november, from: 'yesterday' }],
  ])('refuses a wrong %s with %s', async (path, code, status, body) => {
    expect(await compute(body)).toMatchObject({ status, body: { code, errors: [{ path }] } });
  });

  it('is closed to other roles and other areas', async () => {
    const { body } = await compute();
    const path = `/api/evaluations/${body.evaluationId}`;
    expect(await compute(november, { ...evaluator, roles: ['operator'] })).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_ALLOWED' } });
    const neighbour = { ...evaluator, id: 'neighbour', areaCodes: ['440306'] };
    const unknown = await call(evaluator, 'GET', `/api/evaluations/${randomUUID()}`);
    expect(unknown).toMatchObject({ status: 404, body: { code: 'EVALUATION_UNKNOWN' } });
    for (const what of [path, `${path}/check`]) expect(await call(neighbour, 'GET', what)).toEqual(unknown);
    // The record keeps the truth. It is read once no older transaction of the server is open any more, whosever it is.
    await eventually(async () => {
      const reads: StoredEvent[] = [];
      const types = ['staff-evaluation.personal-data-read.v1'];
      for await (const event of app.get<EventStore>(EVENT_STORE).readAll({ after: START_POSITION, types })) reads.push(event);
      expect(reads.filter(({ metadata }) => metadata.actor.id === 'neighbour').map(({ data }) => data)).toEqual([
        expect.objectContaining({ result: 'refused', code: 'AREA_OUT_OF_SCOPE', target: body.evaluationId }),
        expect.objectContaining({ result: 'refused', code: 'AREA_OUT_OF_SCOPE', target: body.evaluationId }),
      ]);
    });
    await eventually(async () => {
      const own = await call<{ items: { evaluationId: string }[] }>(evaluator, 'GET', '/api/evaluations');
      expect(own.body.items.map(({ evaluationId }) => evaluationId)).toContain(body.evaluationId);
    });
    expect((await call<{ items: unknown[] }>(neighbour, 'GET', '/api/evaluations')).body.items).toEqual([]);
  });

  it('has evidence that a replay makes again, digest for digest', async () => {
    await compute(); // everything recorded has arrived
    const [compared] = await rebuildReadTables({
      store: app.get<EventStore>(EVENT_STORE),
      pool: app.get(Database).pool,
      schema: readTables.schema,
      migrationsDir: MIGRATIONS,
      projections: [caseEventsProjection],
    });
    expect(compared).toMatchObject({ table: 'case_events', identical: true });
    expect(compared?.rows).toBeGreaterThan(10);
  });

  it('let in whom the access table says, and nobody else', async () => {
    const table = accessTableOf('staff-evaluation');
    const authorizationOf = async (role: Role) => `Bearer ${await issueAccessToken(keys.privateJwk, { ...evaluator, id: role, roles: [role] }, 60)}`;
    expect(await askEveryRoute({ url: await app.getUrl(), authorizationOf }, table)).toEqual(table);
    expect(await openInOtherSpellings({ url: await app.getUrl() }, table)).toEqual([]);
  });

  it('shows the schemes', async () => {
    const { body } = await call<{ items: { schemeId: string }[] }>(evaluator, 'GET', '/api/schemes');
    expect(body.items.map(({ schemeId }) => schemeId)).toEqual(['on-time-closing']);
  });
});

function caseClosing(caseId: string, areaCode: string, closedAt: string): readonly OutcomeEvent[] {
  const report = { category: '01076', title: 'lift', description: '', location: null, severity: 'MINOR', settingsVersion: 'test' } as const;
  const openedAt = '2026-11-01T00:00:00.000Z';
  return [
    {
      type: 'CaseReported',
      data: { caseId, number: `440305-${caseId}`, areaCode, ...report, source: { kind: 'patrol' }, reportedBy: 'op', openedAt, dueAt },
    },
    {
      type: 'CaseDispatched',
      data: { caseId, assignee: ana, dispatchedBy: 'op', dispatchedAt: openedAt, reason: { rule: 'manual', candidates: [] } },
    },
    { type: 'CaseClosed', data: { caseId, by: 'op', onTime: closedAt <= dueAt, closedAt } },
  ];
}

function registered(staffId: string, name: string): StoredEvent {
  const time = '2026-10-01T00:00:00.000Z';
  return {
    eventId: randomUUID(),
    streamId: `staff-${staffId}`,
    revision: 0,
    position: '',
    type: 'grid-registry.staff-registered.v1',
    data: { staffId, name, roles: ['grid-worker'], areaCodes: ['440305001001'], skills: [], post: '网格员' },
    metadata: { source: 'grid-registry', time, correlationId: staffId, causationId: staffId, actor: { type: 'system', id: 'test' } },
    recordedAt: time,
  };
}
