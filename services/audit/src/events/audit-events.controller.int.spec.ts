import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '@brain/auth';
import type { NewEvent } from '@brain/event-store';
import { eventually } from '@brain/testing';
import type { AuditEvent } from '@brain/contracts';
import { AuditUnderTest } from '../audit-under-test.fixture.js';

const HERE = '440305001001';
const ELSEWHERE = '440306001001';
const MANY = 620;
/** Reading the record is on the record too. */
const OF_OTHERS = '?type=case-management.case-accepted.v1,alerting.rule-retired.v1';

const caseAccepted = (source: { areaCode?: string; time?: string; actor?: string; address?: string }): NewEvent => {
  const { areaCode, address, time = '2026-11-22T02:00:00.000Z', actor = 'op' } = source;
  return {
    eventId: randomUUID(),
    type: 'case-management.case-accepted.v1',
    data: { caseId: randomUUID(), by: actor, at: time },
    metadata: {
      source: 'case-management',
      time,
      correlationId: 'correlation-1',
      causationId: 'cause-1',
      actor: { type: 'user', id: actor },
      ...(areaCode === undefined ? {} : { areaCode }),
      ...(address === undefined ? {} : { address }),
    },
  };
};
const ruleRetired = (): NewEvent => ({
  ...caseAccepted({}),
  type: 'alerting.rule-retired.v1',
  data: { ruleId: randomUUID() },
});

describe('the record over HTTP', () => {
  let audit: AuditUnderTest;
  const here = caseAccepted({ areaCode: HERE, time: '2026-11-20T02:00:00.000Z', actor: 'li', address: '203.0.113.7' });
  const elsewhere = caseAccepted({ areaCode: ELSEWHERE });
  const withoutArea = ruleRetired();

  beforeAll(async () => {
    audit = await AuditUnderTest.start();
    const append = (streamId: string, ...events: NewEvent[]) => audit.store.append([{ streamId, expectedRevision: 'any', events }]);
    await append('case-here', here);
    await append('case-elsewhere', elsewhere);
    await append('rule-1', withoutArea);
    await append('case-many', ...Array.from({ length: MANY }, () => caseAccepted({ areaCode: HERE })));
    await eventually(async () => expect((await page('?subject=case-many&limit=500')).items).toHaveLength(500));
    await eventually(async () => expect(await lines(OF_OTHERS)).toHaveLength(MANY + 3));
  });
  afterAll(async () => {
    await audit.stop();
  });

  const ask = (query: string, actor: Partial<Actor> = {}, headers: Record<string, string> = {}) =>
    audit.ask(`/api/audit/events${query}`, actor, headers);
  const page = async (query: string, actor: Partial<Actor> = {}) =>
    (await (await ask(query, actor)).json()) as { items: AuditEvent[]; nextCursor: string | null };
  const ids = async (query: string, actor: Partial<Actor> = {}) => (await page(query, actor)).items.map(({ eventId }) => eventId);
  const lines = async (query: string, actor: Partial<Actor> = {}) => {
    const response = await ask(query, actor, { accept: 'application/x-ndjson' });
    expect(response.headers.get('content-type')).toMatch('application/x-ndjson');
    const text = (await response.text()).trim();
    return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line) as AuditEvent);
  };
  const refusal = async (query: string, actor: Partial<Actor> = {}) => {
    const response = await ask(query, actor);
    return { status: response.status, ...((await response.json()) as object) };
  };

  it('shows an event with who, when, where and why', async () => {
    const [event] = (await page('?subject=case-here')).items;
    expect(event).toMatchObject({
      eventId: here.eventId,
      type: 'case-management.case-accepted.v1',
      subject: 'case-here',
      revision: 0,
      source: 'case-management',
      areaCode: HERE,
      actor: { type: 'user', id: 'li' },
      address: '203.0.113.7',
      time: '2026-11-20T02:00:00.000Z',
      correlationId: 'correlation-1',
      causationId: 'cause-1',
      data: here.data,
    });
    expect(await (await ask(`/${here.eventId}`)).json()).toEqual(event);
  });

  it.each([
    ['?type=alerting.rule-retired.v1', () => [withoutArea.eventId]],
    ['?actor=li', () => [here.eventId]],
    [`?area=440306`, () => [elsewhere.eventId]],
    ['?from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00%2B08:00', () => [here.eventId]],
    ['?to=2026-11-20T02:00:00.000Z', () => []],
    ['?subject=case-none', () => []],
  ])('is searched by %s', async (query, expected) => {
    expect(await ids(query)).toEqual(expected());
  });

  it('is read page by page in the order of the store, each event once', async () => {
    const first = await page('?subject=case-many&limit=500');
    const second = await page(`?subject=case-many&limit=500&cursor=${first.nextCursor ?? ''}`);
    const after = await page(`?subject=case-many&limit=500&after=${first.items.at(-1)?.position ?? ''}`);
    expect(second.nextCursor).toBeNull();
    expect(after).toEqual(second);
    expect([...first.items, ...second.items].map(({ revision }) => revision)).toEqual(Array.from({ length: MANY }, (_, index) => index));
  });

  it('is streamed whole as lines, or up to a limit', async () => {
    expect((await lines('?subject=case-many')).map(({ revision }) => revision)).toEqual(Array.from({ length: MANY }, (_, index) => index));
    expect(await lines('?subject=case-many&limit=510')).toHaveLength(510);
    expect(await lines('?subject=case-none')).toEqual([]);
  });

  describe('is read within one’s role and areas', () => {
    it.each<[string, Partial<Actor>, () => string[]]>([
      ['an auditor of the county', { areaCodes: ['440306'] }, () => [elsewhere.eventId, withoutArea.eventId]],
      ['an auditor of a street', { areaCodes: ['440306001'] }, () => [elsewhere.eventId]],
      ['an evaluator of the county', { roles: ['evaluator'], areaCodes: ['440306'] }, () => [elsewhere.eventId]],
      ['an auditor without areas', { areaCodes: [] }, () => []],
    ])('by %s', async (_, actor, expected) => {
      expect(await ids(OF_OTHERS, actor)).toEqual(expected());
      expect((await lines(OF_OTHERS, actor)).map(({ eventId }) => eventId)).toEqual(expected());
    });

    it.each(['administrator', 'operator', 'grid-worker'] as const)('and not at all by %s', async (role) => {
      expect(await refusal('', { roles: [role] })).toMatchObject({ status: 403, code: 'ROLE_NOT_ALLOWED' });
    });

    it('and an area outside is refused, not silently empty; an event outside is none', async () => {
      const county = { areaCodes: ['440305'] };
      expect(await refusal('?area=440306', county)).toMatchObject({ status: 403, code: 'AREA_OUT_OF_SCOPE', errors: [{ path: 'area' }] });
      expect(await refusal(`/${elsewhere.eventId}`, county)).toEqual(await refusal(`/${randomUUID()}`, county));
      expect(await refusal(`/${elsewhere.eventId}`, county)).toMatchObject({ status: 404, code: 'EVENT_NOT_FOUND' });
    });
  });

  it.each([
    ['?from=yesterday', 400, 'VALIDATION_FAILED', 'from'],
    ['?area=Nanshan', 400, 'VALIDATION_FAILED', 'area'],
    ['?after=not-a-position', 400, 'VALIDATION_FAILED', 'after'],
    ['?limit=501', 422, 'LIMIT_TOO_HIGH', 'limit'],
    ['?limit=0', 400, 'VALIDATION_FAILED', 'limit'],
    ['?colour=red', 400, 'VALIDATION_FAILED', ''],
  ])('refuses %s, naming the field', async (query, status, code, path) => {
    const answer = await refusal(query);
    expect(answer).toMatchObject({ status, code });
    expect((answer as { errors?: unknown }).errors).toContainEqual(expect.objectContaining({ path }));
  });

  it('is on the record itself whenever it is read, and when reading was refused', async () => {
    const reader = { id: 'the-auditor' };
    await ids('?subject=case-here', reader);
    await lines('?subject=case-here', reader);
    await refusal(`/${here.eventId}`, { id: 'the-operator', roles: ['operator'] });
    await eventually(async () => {
      const { items } = await page('?person=the-auditor,the-operator');
      expect(items.map(({ type, data }) => [type, data.kind, data.result, data.code])).toEqual([
        ['audit.personal-data-read.v1', 'audit-record', 'given', null],
        ['audit.data-exported.v1', 'audit-record', 'given', null],
        ['audit.personal-data-read.v1', 'audit-record', 'refused', 'ROLE_NOT_ALLOWED'],
      ]);
      expect(items[0]?.data).toMatchObject({ target: null, filters: ['subject'], address: '127.0.0.1', count: 1 });
      expect(items[1]?.data).toMatchObject({ form: 'ndjson' });
      expect(items[2]?.data).toMatchObject({ target: here.eventId });
    });
  });

  it('says that an event does not exist', async () => {
    expect(await refusal(`/${randomUUID()}`)).toMatchObject({ status: 404, code: 'EVENT_NOT_FOUND' });
  });
});
