import { randomUUID } from 'node:crypto';
import type { NewEvent } from '@brain/event-store';

const AREA = '440305001001';

interface Told {
  readonly streamId: string;
  readonly event: NewEvent;
}

/** A case from an alert to its closing, the member of staff who did it, and the evaluation it counted in. */
export function evidenceStory() {
  const [caseId, alertId, staffId, accountId, evaluationId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const told: Told[] = [];
  const tell = (streamId: string, type: string, data: Record<string, unknown>, areaCode?: string): string => {
    const time = new Date(Date.UTC(2026, 10, 22, 2, told.length)).toISOString();
    const metadata = {
      source: type.split('.')[0] ?? '',
      time,
      correlationId: 'c',
      causationId: 'd',
      actor: { type: 'user', id: accountId },
      ...(areaCode === undefined ? {} : { areaCode }),
    } as const;
    const event = { eventId: randomUUID(), type, data, metadata };
    told.push({ streamId, event });
    return event.eventId;
  };
  const at = '2026-11-22T02:30:00.000Z';
  const dueAt = '2026-11-23T02:00:00.000Z';
  const incident = `case-${caseId}`;
  const ofCase = (name: string, data: Record<string, unknown> = {}): string =>
    tell(incident, `case-management.case-${name}.v1`, { caseId, by: accountId, at, ...data }, AREA);

  tell(`staff-${staffId}`, 'grid-registry.staff-registered.v1', { staffId, name: '欧阳慕容', roles: ['grid-worker'], areaCodes: [AREA], skills: [], post: '网格员' }, AREA);
  tell(`account-${accountId}`, 'operations-gateway.account-created.v1', { accountId, roles: ['grid-worker'], areaCodes: [AREA], staffId, address: null });
  const raised = tell(`alert-${alertId}`, 'alerting.alert-raised.v1', { alertId, deviceName: '1号电梯' }, AREA);
  const reported = ofCase('reported', {
    ...{ number: 'C-20261122-0001', category: '01076', title: '<script>alert(1)</script> 王奶奶', description: '电梯过热', areaCode: AREA, location: null },
    ...{ severity: 'MAJOR', source: { kind: 'alert', alertId }, reportedBy: accountId, openedAt: at, dueAt, settingsVersion: '1' },
  });
  const dispatched = ofCase('dispatched', { assignee: staffId, dispatchedBy: accountId, dispatchedAt: at, reason: { rule: 'manual', candidates: [] } });
  const completed = ofCase('completed', { performedBy: staffId, result: '已通知王奶奶', evidence: [] });
  const closed = ofCase('closed', { onTime: true, closedAt: at });
  const score = { staffId, name: '欧阳慕容', indicator: 'on-time-closing-rate', numerator: 1, denominator: 3, value: 0.3333, interval: [0.06, 0.79] };
  const evaluate = (position: string): NewEvent => ({
    eventId: randomUUID(),
    type: 'staff-evaluation.evaluation-computed.v1',
    data: {
      ...{ evaluationId, schemeId: 'on-time-closing', schemeVersion: 1, from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z', asOf: at },
      ...{ areaCodes: ['440305'], position, scores: [{ ...score, evidence: [{ caseId, eventId: closed, counted: true }] }] },
    },
    metadata: { source: 'staff-evaluation', time: at, correlationId: 'c', causationId: 'd', actor: { type: 'user', id: 'evaluator' } },
  });
  return { told, evaluate, caseId, staffId, accountId, evaluationId, ids: { raised, reported, dispatched, completed, closed } };
}
