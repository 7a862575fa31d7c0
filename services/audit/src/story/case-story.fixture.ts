import { randomUUID } from 'node:crypto';
import type { NewEvent } from '@brain/event-store';

export interface Recorded {
  readonly streamId: string;
  readonly event: NewEvent;
}

interface Given {
  readonly actor?: string;
  readonly user?: boolean;
  readonly cause: string;
  readonly correlation?: string;
  readonly areaCode?: string;
}

const AREA = '440305001001';

/** What the services record from the reading of a hot lift to the closing of its case, as they record it. */
export function caseStory() {
  const [alertId, caseId, ruleId, deviceId, staffId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const [readingId, clearingId] = [randomUUID(), randomUUID()];
  const alert = `alert-${alertId}`;
  const incident = `case-${caseId}`;
  const told: Recorded[] = [];
  let second = 0;

  const tell = (streamId: string, type: string, data: Record<string, unknown>, given: Given): string => {
    const { actor = 'rule', user = false, cause, correlation = 'reading-1', areaCode = AREA } = given;
    const time = new Date(Date.UTC(2026, 10, 22, 2, 0, (second += 1))).toISOString();
    const metadata = { source: type.split('.')[0] ?? '', time, correlationId: correlation, causationId: cause, actor: { type: user ? 'user' : 'system', id: actor }, areaCode } as const;
    const event: NewEvent = { eventId: randomUUID(), type, data, metadata };
    told.push({ streamId, event });
    return event.eventId;
  };
  const command = (streamId: string, type: string, actor: string, data: Record<string, unknown> = {}): string => {
    const request = randomUUID();
    return tell(streamId, type, { ...data, by: actor }, { actor, user: true, cause: request, correlation: request });
  };

  const rule = command(`rule-${ruleId}`, 'alerting.rule-defined.v1', 'admin', { ruleId });
  const raised = tell(
    alert,
    'alerting.alert-raised.v1',
    { alertId, ruleId, ruleRevision: 0, deviceId, deviceName: '1号电梯', reading: { ts: Date.UTC(2026, 10, 22, 2), values: { temperature: 70 } } },
    { cause: readingId },
  );
  const reported = tell(incident, 'case-management.case-reported.v1', { caseId, source: { kind: 'alert', alertId } }, { cause: raised });
  const accepted = tell(incident, 'case-management.case-accepted.v1', { caseId }, { cause: raised });
  const linked = tell(alert, 'alerting.alert-case-linked.v1', { alertId, caseId }, { cause: reported });
  const onDuty = command(`staff-${staffId}`, 'grid-registry.staff-availability-changed.v1', 'operator', { staffId });
  const dispatched = tell(incident, 'case-management.case-dispatched.v1', { caseId, assignee: staffId }, { cause: onDuty, correlation: 'duty-1' });
  for (let n = 2; n <= 5; n += 1) tell(alert, 'alerting.alert-recurred.v1', { alertId, occurrences: n }, { cause: randomUUID(), correlation: randomUUID() });
  const started = command(incident, 'case-management.case-started.v1', 'worker', { caseId, performedBy: staffId });
  const overdue = tell(incident, 'case-management.case-became-overdue.v1', { caseId }, { cause: reported });
  const completed = command(incident, 'case-management.case-completed.v1', 'worker', { caseId });
  const cleared = tell(alert, 'alerting.alert-cleared.v1', { alertId, reading: { ts: Date.UTC(2026, 10, 22, 3), values: { temperature: 20 } } }, { cause: clearingId, correlation: 'reading-2' });
  const closed = command(incident, 'case-management.case-closed.v1', 'operator', { caseId });

  return { told, ids: { rule, raised, reported, accepted, linked, onDuty, dispatched, started, overdue, completed, cleared, closed }, readingId, clearingId, alert, incident, deviceId };
}
