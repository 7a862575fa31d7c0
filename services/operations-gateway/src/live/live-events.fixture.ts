import { randomUUID } from 'node:crypto';
import type { StoredEvent } from '@brain/contracts';

export const DEVICE = '0c8e2a6a-3a5e-4c71-a8e4-3a0d9a1b2c03';
const TIME = '2026-11-22T02:00:00.000Z';

export function stored(type: string, streamId: string, revision: number, data: Readonly<Record<string, unknown>>): StoredEvent {
  return {
    eventId: randomUUID(),
    streamId,
    revision,
    position: String(revision),
    type,
    data,
    metadata: { source: type.split('.')[0] ?? '', time: TIME, correlationId: 'c', causationId: 'c', actor: { type: 'system', id: 'test' } },
    recordedAt: TIME,
  };
}

export function alertRaised(alertId: string, areaCode = '440305001001'): StoredEvent {
  return stored('alerting.alert-raised.v1', `alert-${alertId}`, 0, {
    alertId,
    ruleId: '0c8e2a6a-3a5e-4c71-a8e4-3a0d9a1b2c02',
    ruleRevision: 0,
    title: '电梯机房过热',
    deviceId: DEVICE,
    deviceName: '3 号电梯机房',
    areaCode,
    location: null,
    severity: 'CRITICAL',
    conditionSince: TIME,
    raisedAt: TIME,
    reading: { ts: 1, values: { temperature: 61 } },
    openCase: null,
  });
}

export function alertAcknowledged(alertId: string): StoredEvent {
  return stored('alerting.alert-acknowledged.v1', `alert-${alertId}`, 1, { alertId, acknowledgedBy: 'op', acknowledgedAt: TIME });
}

export function deviceRegistered(deviceId: string, areaCode = '440305001001'): StoredEvent {
  return stored('sensor-ingestion.device-registered.v1', `device-${deviceId}`, 0, { deviceId, name: 'd', kind: 'temperature', areaCode, location: null });
}

export function deviceMoved(deviceId: string, areaCode: string): StoredEvent {
  return stored('sensor-ingestion.device-changed.v1', `device-${deviceId}`, 1, { deviceId, name: 'd', kind: 'temperature', areaCode, location: null });
}

export function staffRegistered(staffId: string, name: string): StoredEvent {
  const data = { staffId, name, roles: ['grid-worker'], areaCodes: ['440305001001'], skills: [], post: '网格员' };
  return stored('grid-registry.staff-registered.v1', `staff-${staffId}`, 0, data);
}

export function caseDispatchedTo(caseId: string, assignee: string): readonly StoredEvent[] {
  const streamId = `case-${caseId}`;
  const by = { caseId, by: 'op', at: TIME };
  return [
    stored('case-management.case-reported.v1', streamId, 0, {
      caseId,
      number: '20261122-0001',
      category: '01076',
      title: '电梯机房过热',
      description: '',
      areaCode: '440305001001',
      location: null,
      severity: 'MAJOR',
      source: { kind: 'patrol' },
      reportedBy: 'op',
      openedAt: TIME,
      dueAt: '2026-11-23T02:00:00.000Z',
      settingsVersion: '1',
    }),
    stored('case-management.case-accepted.v1', streamId, 1, by),
    stored('case-management.case-dispatched.v1', streamId, 2, {
      caseId,
      assignee,
      dispatchedBy: 'op',
      dispatchedAt: TIME,
      reason: { rule: 'manual', candidates: [] },
    }),
  ];
}

export function workload(staffId: string, openCases: number, updatedAt = TIME) {
  return {
    staffId,
    name: '王小明',
    areaCodes: ['440305001001'],
    availability: 'on-duty',
    activity: 'free',
    openCases,
    overdueCases: 0,
    dueWithinHour: 0,
    load: openCases / 8,
    updatedAt,
  };
}
