import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '@brain/auth';
import type { NewEvent } from '@brain/event-store';
import { eventually } from '@brain/testing';
import type { EventStory } from '@brain/contracts';
import { AuditUnderTest } from '../audit-under-test.fixture.js';
import { caseStory } from './case-story.fixture.js';

const ELSEWHERE = '440306001001';

describe('the story of an event', () => {
  let audit: AuditUnderTest;
  const { told, ids, readingId, clearingId, deviceId, incident } = caseStory();
  const name = new Map(Object.entries(ids).map(([key, id]) => [id, key]));
  const nameOf = (id: string): string => name.get(id) ?? id.replace(readingId, '1').replace(clearingId, '2').replace(/^request:.*/, 'request');

  beforeAll(async () => {
    audit = await AuditUnderTest.start();
    for (const { streamId, event } of told) await audit.store.append([{ streamId, expectedRevision: 'any', events: [event] }]);
    await known(ids.closed);
  });
  afterAll(async () => {
    await audit.stop();
  });

  const known = (eventId: string) =>
    eventually(async () => {
      expect((await audit.ask(`/api/audit/events/${eventId}`, {})).status).toBe(200);
    });
  const story = async (eventId: string, actor: Partial<Actor> = {}) => (await (await audit.ask(`/api/audit/events/${eventId}/story`, actor)).json()) as EventStory;
  const at = ({ nodes }: EventStory, place: string) => nodes.filter((node) => node.place === place).map(({ id }) => nameOf(id));
  const edges = ({ edges: all }: EventStory, kind: string) => all.filter((edge) => edge.kind === kind).map(({ from, to }) => `${nameOf(from)} → ${nameOf(to)}`);

  it('of a closing goes back to the reading', async () => {
    const found = await story(ids.closed);
    expect(at(found, 'cause').filter((one) => one !== 'request')).toEqual([
      'reading:1', 'rule', 'raised', 'reported', 'accepted', 'onDuty', 'dispatched', 'started', 'overdue', 'completed',
    ]);
    expect(at(found, 'asked')).toEqual(['closed']);
    expect(at(found, 'effect')).toEqual([]);
    expect(found.truncated).toBe(false);
    expect(edges(found, 'caused')).toEqual(expect.arrayContaining(['reading:1 → raised', 'raised → reported', 'raised → accepted', 'onDuty → dispatched', 'reported → overdue', 'request → closed']));
    expect(edges(found, 'rule')).toEqual(['rule → raised']);
    expect(edges(found, 'next')).toEqual(['reported → accepted', 'accepted → dispatched', 'dispatched → started', 'started → overdue', 'overdue → completed', 'completed → closed']);
  });

  it('of an alert goes on to the closing, with what else led there', async () => {
    const found = await story(ids.raised);
    expect(at(found, 'cause')).toEqual(['request', 'reading:1', 'rule']);
    expect(at(found, 'effect')).toEqual(expect.arrayContaining(['reading:2', 'reported', 'accepted', 'linked', 'dispatched', 'started', 'overdue', 'completed', 'cleared', 'closed']));
    expect(at(found, 'beside')).toEqual(['onDuty']);
    expect(edges(found, 'caused')).toEqual(expect.arrayContaining(['raised → reported', 'reported → linked', 'reading:2 → cleared', 'onDuty → dispatched']));
  });

  it('shows the reading as the alert tells it, and how many steps it leaves out', async () => {
    const found = await story(ids.cleared);
    expect(found.nodes.find(({ id }) => id === `reading:${readingId}`)).toMatchObject({
      kind: 'reading', messageId: readingId, deviceId, deviceName: '1号电梯', time: '2026-11-22T02:00:00.000Z', values: { temperature: 70 },
    });
    expect(found.nodes.find(({ id }) => id === `reading:${clearingId}`)).toMatchObject({ deviceName: '1号电梯', values: { temperature: 20 } });
    expect(found.edges).toContainEqual({ from: ids.linked, to: ids.cleared, kind: 'next', skipped: 4 });
  });

  it('shows that something is outside the areas of whoever asks, and nothing of it', async () => {
    const elsewhere = event('grid-registry.staff-availability-changed.v1', { staffId: randomUUID() }, { areaCode: ELSEWHERE, user: true });
    const here = event('case-management.case-dispatched.v1', { caseId: randomUUID() }, { cause: elsewhere.eventId });
    await record('staff-far', elsewhere);
    await record('case-near', here);
    const found = await story(here.eventId, { areaCodes: ['440305'] });
    expect(found.nodes).toEqual([
      { kind: 'withheld', id: 'withheld:0', place: 'cause' },
      expect.objectContaining({ kind: 'event', id: here.eventId }),
    ]);
    expect(found.edges).toEqual([{ from: 'withheld:0', to: here.eventId, kind: 'caused' }]);
    expect(JSON.stringify(found.nodes)).not.toContain(ELSEWHERE);
    expect((await story(elsewhere.eventId, { areaCodes: ['440305'] }) as unknown as { code: string }).code).toBe('EVENT_NOT_FOUND');
  });

  it('does not believe a person’s request that gives itself the id of an event', async () => {
    const forged = event('case-management.case-voided.v1', { caseId: randomUUID() }, { cause: ids.raised, user: true });
    await record('case-forged', forged);
    expect(at(await story(forged.eventId), 'cause')).toEqual(['request']);
    expect((await story(ids.raised)).nodes.map(({ id }) => id)).not.toContain(forged.eventId);
  });

  it('tells who was refused what and why, after the step that stood then', async () => {
    const refusal = refused('POST /api/cases/:caseId/start', incident.slice('case-'.length).toUpperCase(), 'CASE_STATE_WRONG');
    const ofAnother = refused('POST /api/alerts/:alertId/clear', incident.slice('case-'.length), 'ALERT_UNKNOWN');
    await record('duty-1', refusal);
    await record('duty-2', ofAnother);
    const found = await story(ids.raised);
    expect(found.nodes.filter(({ place }) => place === 'refused')).toEqual([
      {
        kind: 'refused', id: refusal.eventId, place: 'refused', refusal: { command: 'POST /api/cases/:caseId/start', code: 'CASE_STATE_WRONG', status: 409 },
        event: expect.objectContaining({ actor: { type: 'user', id: 'somebody' }, time: '2026-11-22T02:00:00.000Z' }),
      },
    ]);
    expect(found.edges.filter(({ to }) => to === refusal.eventId)).toEqual([{ from: ids.closed, to: refusal.eventId, kind: 'refused' }]);
  });

  it('of a refused command goes back from what it was meant for', async () => {
    const refusal = refused('POST /api/cases/:caseId/close', incident.slice('case-'.length), 'CASE_NOT_YOURS');
    await record('duty-3', refusal);
    const { eventId } = refusal;
    const found = await story(eventId);
    expect(found.nodes.find(({ id }) => id === eventId)).toMatchObject({ kind: 'refused', place: 'asked', refusal: { code: 'CASE_NOT_YOURS' } });
    expect(at(found, 'cause')).toEqual(expect.arrayContaining(['reading:1', 'raised', 'completed', 'closed']));
    expect(edges(found, 'refused')).toContain(`closed → ${eventId}`);
  });

  it('says nothing of a refusal that is outside the areas of whoever asks', async () => {
    const opened = event('case-management.case-reported.v1', {}, { user: true });
    const caseId = randomUUID();
    await record(`case-${caseId}`, opened);
    await record('duty-4', refused('POST /api/cases/:caseId/close', caseId, 'AREA_OUT_OF_SCOPE', ELSEWHERE));
    const found = await story(opened.eventId, { areaCodes: ['440305'] });
    expect(found.nodes.filter(({ place }) => place === 'refused')).toEqual([{ kind: 'withheld', id: 'withheld:1', place: 'refused' }]);
    expect(JSON.stringify(found)).not.toContain('AREA_OUT_OF_SCOPE');
  });

  it('keeps a flood of refusals from hiding the story, and says that there are more', async () => {
    const opened = event('case-management.case-reported.v1', {}, { user: true });
    const caseId = randomUUID();
    await record(`case-${caseId}`, opened);
    const flood = Array.from({ length: 60 }, () => refused('POST /api/cases/:caseId/close', caseId, 'CASE_STATE_WRONG'));
    await audit.store.append([{ streamId: 'duty-flood', expectedRevision: 'none', events: flood }]);
    await known(flood.at(-1)?.eventId ?? '');
    const found = await story(opened.eventId);
    expect(found.truncated).toBe(true);
    expect(found.nodes.filter(({ place }) => place === 'refused').map(({ id }) => id)).toEqual(flood.slice(10).map(({ eventId }) => eventId));
  });

  it('ends where there is no more room, and says so', async () => {
    const busy = Array.from({ length: 260 }, () => event('case-management.case-extended.v1', { caseId: randomUUID() }, { user: true }));
    await audit.store.append([{ streamId: 'case-busy', expectedRevision: 'none', events: busy }]);
    await known(busy.at(-1)?.eventId ?? '');
    const middle = await story(busy[150]?.eventId ?? '');
    expect(middle.truncated).toBe(true);
    expect(middle.nodes.filter(({ kind }) => kind === 'event')).toHaveLength(200);
    expect(middle.nodes).toContainEqual(expect.objectContaining({ id: busy[149]?.eventId }));
    expect(middle.nodes).toContainEqual(expect.objectContaining({ id: busy[151]?.eventId }));
  });

  it('of what does not exist is refused', async () => {
    expect(await story(randomUUID())).toMatchObject({ status: 404, code: 'EVENT_NOT_FOUND' });
    expect((await audit.ask(`/api/audit/events/${ids.closed}/story`, { roles: ['operator'] })).status).toBe(403);
  });

  async function record(streamId: string, one: NewEvent): Promise<void> {
    await audit.store.append([{ streamId, expectedRevision: 'none', events: [one] }]);
    await known(one.eventId);
  }

  function refused(command: string, target: string, code: string, areaCode = '440305001001'): NewEvent {
    const data = { command, target, areaCode, code, status: 409, address: null, count: 1, since: '2026-11-22T02:00:00.000Z' };
    return event('case-management.command-refused.v1', data, { user: true, areaCode });
  }

  function event(type: string, data: Record<string, unknown>, given: { cause?: string; user?: boolean; areaCode?: string }): NewEvent {
    const { cause = randomUUID(), user = false, areaCode = '440305001001' } = given;
    const metadata = { source: type.split('.')[0] ?? '', time: '2026-11-22T02:00:00.000Z', correlationId: cause, causationId: cause, actor: { type: user ? 'user' : 'system', id: 'somebody' }, areaCode } as const;
    return { eventId: randomUUID(), type, data, metadata };
  }
});
