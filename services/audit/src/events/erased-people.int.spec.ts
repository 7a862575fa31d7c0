import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ERASED, type AuditEvent } from '@brain/contracts';
import { PersonalData, rebuildReadTables, type NewEvent } from '@brain/event-store';
import { Database } from '@brain/service-kit';
import { eventually } from '@brain/testing';
import { AuditUnderTest } from '../audit-under-test.fixture.js';
import { readTables } from '../replay.js';

const AT = '2026-11-22T02:00:00.000Z';
const [staffId, caseId, alertId, evaluationId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];

const event = (type: string, data: Record<string, unknown>): NewEvent => ({
  eventId: randomUUID(),
  type,
  data,
  metadata: { source: type.split('.')[0] ?? '', time: AT, correlationId: 'c', causationId: 'd', actor: { type: 'system', id: 'test' }, areaCode: '440305' },
});
const profile = { staffId, name: '欧阳慕容', roles: ['grid-worker'], areaCodes: ['440305'], skills: [], post: '网格员' };
const score = { staffId, name: '欧阳慕容', indicator: 'x', numerator: 1, denominator: 1, value: 1, interval: null, evidence: [] };
const other = { ...score, staffId: randomUUID(), name: '司徒' };
const evaluation = event('staff-evaluation.evaluation-computed.v1', { evaluationId, scores: [score, other] });
const erasedOf = (subject: string) => event('grid-registry.erasure-carried-out.v1', { subject, keyId: randomUUID(), at: AT });

describe('the record of erased people', () => {
  let audit: AuditUnderTest;
  let position = 0;
  const append = async (streamId: string, ...events: readonly NewEvent[]) => {
    await audit.store.append([{ streamId, expectedRevision: 'any', events }]);
    position += events.length;
    await eventually(async () => expect(await found('')).toHaveLength(position));
  };
  const destroyKey = async (subject: string) => {
    const { keys } = audit.get(PersonalData);
    await keys.destroy(subject, (await keys.keyIdOf(subject)) ?? '');
  };
  /** Without those that our own looking makes. */
  const found = async (query: string) => {
    const { items } = (await (await audit.ask(`/api/audit/events?limit=500${query}`, {})).json()) as { items: AuditEvent[] };
    return items.filter(({ source }) => source !== 'audit');
  };
  const words = (text: string) => found(`&q=${encodeURIComponent(text)}`);

  beforeAll(async () => {
    audit = await AuditUnderTest.start();
  });
  afterAll(() => audit.stop());

  it('is read and searched by what is encrypted on disk', async () => {
    await append(`staff-${staffId}`, event('grid-registry.staff-registered.v1', profile));
    await append(`evaluation-${evaluationId}`, evaluation);
    await append(`case-${caseId}`, event('case-management.case-voided.v1', { caseId, by: 'olga', reason: '王奶奶搬家', at: AT }));
    await append(`alert-${alertId}`, event('alerting.alert-commented.v1', { alertId, by: 'olga', text: '电话问过刘大爷', at: AT }));
    expect(await words('欧阳')).toHaveLength(2);
    expect([await words('王奶奶'), await words('刘大爷')].map(({ length }) => length)).toEqual([1, 1]);
    expect((await audit.get(Database).query('SELECT data::text FROM event_store.event')).map((row) => JSON.stringify(row)).join()).not.toMatch(/欧阳|王奶奶|刘大爷/);
  });

  it('shows them as erased, finds nothing by their words, and leaves others alone', async () => {
    await destroyKey(`person:${staffId}`);
    await append(`staff-${staffId}`, event('grid-registry.staff-erased.v1', { staffId, at: AT }));
    await destroyKey(`case:${caseId}`);
    await append(`case-${caseId}`, event('case-management.case-erased.v1', { caseId, at: AT }));
    await destroyKey(`alert:${alertId}`);
    await append(`erasure-alert-${alertId}`, erasedOf(`alert:${alertId}`));
    for (const text of ['欧阳', '王奶奶', '刘大爷']) expect(await words(text)).toEqual([]);
    expect(await words('司徒')).toHaveLength(1);
    const [registered, computed, voided, commented] = await found('');
    expect(registered?.data).toEqual({ ...profile, name: ERASED });
    expect(computed?.data).toMatchObject({ scores: [{ name: ERASED, value: 1 }, { name: '司徒' }] });
    expect([voided?.data['reason'], commented?.data['text']]).toEqual([ERASED, ERASED]);
  });

  it('keeps nothing of what still came about them', async () => {
    await append(`evaluation-${randomUUID()}`, { ...evaluation, eventId: randomUUID() });
    expect(await words('欧阳')).toEqual([]);
    expect(await words('司徒')).toHaveLength(2);
  });

  it('forgets what devices told of their wearer, also what comes late', async () => {
    const [wearerId, deviceId] = [randomUUID(), randomUUID()];
    const subject = `person:${wearerId}`;
    const device = { deviceId, name: '诸葛的手环', kind: 'wristband', areaCode: '440305', location: { lng: 113.5, lat: 22.5 }, wearerId };
    const recurred = event('alerting.alert-recurred.v1', { alertId, occurrences: 2, at: AT, wearerId, reading: { ts: 1, values: { note: '心率一百七' } } });
    await append(`device-${deviceId}`, event('sensor-ingestion.device-registered.v1', device));
    await append(`alert-${alertId}`, recurred);
    expect([await words('诸葛'), await words('心率')].map(({ length }) => length)).toEqual([1, 1]);
    await destroyKey(subject);
    await append(`erasure-person-${wearerId}`, erasedOf(subject));
    await append(`device-${deviceId}`, event('sensor-ingestion.device-changed.v1', { ...device, name: '诸葛的新手环' }));
    expect([await words('诸葛'), await words('心率')].map(({ length }) => length)).toEqual([0, 0]);
    expect((await found(`&subject=device-${deviceId}`)).map(({ data }) => [data['name'], data['location']])).toEqual([[ERASED, null], [ERASED, null]]);
  });

  it('is made the same by a replay', async () => {
    const { pool } = audit.get(Database);
    const migrationsDir = fileURLToPath(new URL('../../migrations', import.meta.url));
    const compared = await rebuildReadTables({ store: audit.store, pool, migrationsDir, ...readTables });
    expect(compared.map(({ table, identical }) => [table, identical])).toEqual([['audit_event', true]]);
    expect(compared[0]?.rows).toBeGreaterThanOrEqual(position);
  });
});
