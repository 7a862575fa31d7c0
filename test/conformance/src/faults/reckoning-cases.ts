import { expect } from '@jest/globals';
import type { AlertView, CaseView } from '@brain/contracts';
import type { ApiClient } from '@brain/local/api-client';
import { eventually } from '@brain/testing';
import type { ControlRoom } from './control-room.js';
import type { LoadDevice } from './load-device.js';
import type { EventRecord } from './event-record.js';

const PATIENT = { timeoutMs: 90_000, everyMs: 500 };

/** Every breach gave one alert, every alert one case. */
export async function expectAlertsAndCases(admin: ApiClient, devices: readonly LoadDevice[]): Promise<string> {
  const breaches = devices.flatMap((device) => device.breachesSent().map((breach) => ({ ...breach, deviceId: device.deviceId })));
  const alerts = await eventually(async () => {
    const found = await all<AlertView>(admin, '/api/alerts');
    const perBreach = breaches.map(({ deviceId, from, to }) => found.filter((one) => one.deviceId === deviceId && isWithin(one.raisedAt, from, to)).length);
    expect(perBreach).toEqual(breaches.map(() => 1));
    expect(found).toHaveLength(breaches.length);
    return found;
  }, PATIENT);
  const cases = await eventually(async () => {
    const found = await all<CaseView>(admin, '/api/cases');
    expect(found.map(alertOf).sort()).toEqual(alerts.map(({ alertId }) => alertId).sort());
    return found;
  }, PATIENT);
  await eventually(async () => {
    const linked = await all<AlertView>(admin, '/api/alerts');
    const caseOf = new Map(cases.map((one) => [alertOf(one), one.caseId]));
    expect(linked.filter(({ alertId, caseId }) => caseOf.get(alertId) !== caseId)).toEqual([]);
    expect(linked.filter(({ state }) => state.startsWith('ACTIVE'))).toEqual([]);
  }, PATIENT);
  return `${String(breaches.length)} breaches = ${String(alerts.length)} alerts = ${String(cases.length)} cases`;
}

/** G8: the deadline of every case passed once. */
export async function expectDeadlines(admin: ApiClient, record: EventRecord): Promise<string> {
  const cases = await all<CaseView>(admin, '/api/cases');
  const streams = cases.map(({ caseId }) => `case-${caseId}`).sort();
  await eventually(async () => expect([...new Set(await overdue(record))].sort()).toEqual(streams), PATIENT);
  const fired = await overdue(record);
  expect(fired.sort()).toEqual(streams);
  return `${String(fired.length)} deadlines passed, each recorded once`;
}

/** G4: no number was missing, and what the screen shows is what there is. */
export async function expectScreen(admin: ApiClient, room: ControlRoom): Promise<string> {
  expect(room.gaps).toEqual([]);
  await eventually(async () => {
    const cases = await all<CaseView>(admin, '/api/cases');
    expect(revisions([...room.cases.values()])).toEqual(revisions(cases));
    const alerts = new Map((await all<AlertView>(admin, '/api/alerts')).map((alert) => [alert.alertId, alert]));
    for (const shown of room.alerts.values()) expect(shown.revision).toBe(alerts.get(shown.alertId)?.revision);
  }, PATIENT);
  return `the screen resumed ${String(room.resumed)} times, got ${String(room.snapshots)} snapshots, missed nothing`;
}

function overdue(record: EventRecord): Promise<string[]> {
  return record.streamsOf('case-management.case-became-overdue.v1');
}

async function all<T>(admin: ApiClient, path: string): Promise<T[]> {
  const found: T[] = [];
  for await (const item of admin.list<T>(path)) found.push(item);
  return found;
}

function revisions(cases: readonly CaseView[]): Readonly<Record<string, number>> {
  return Object.fromEntries(cases.map(({ caseId, revision }) => [caseId, revision]));
}

function alertOf({ source }: CaseView): string {
  return source.kind === 'alert' ? source.alertId : 'none';
}

function isWithin(time: string, from: number, to: number): boolean {
  return Date.parse(time) >= from && Date.parse(time) <= to;
}
