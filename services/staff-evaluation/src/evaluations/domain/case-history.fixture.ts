import type { OutcomeEvent, RecordedOutcome } from './case-outcome.js';

export const ana = 'a0000000-0000-4000-8000-000000000001';
export const ben = 'b0000000-0000-4000-8000-000000000002';
export const dueAt = '2026-11-10T10:00:00.000Z';

/** Builds one case's history; event ids count up from the case id. */
export function history(caseNumber: number, ...events: readonly ((caseId: string) => OutcomeEvent)[]): RecordedOutcome[] {
  const caseId = idOf(caseNumber, 0);
  return events.map((event, index) => ({ eventId: idOf(caseNumber, index + 1), event: event(caseId) }));
}

export function idOf(caseNumber: number, part: number): string {
  return `7f3c0000-0000-4000-8000-${String(caseNumber).padStart(8, '0')}${String(part).padStart(4, '0')}`;
}

export const reported =
  (due = dueAt) =>
  (caseId: string): OutcomeEvent => ({
    type: 'CaseReported',
    data: {
      caseId,
      number: '440305-20261101-0001',
      category: '01076',
      title: 'lift',
      description: '',
      areaCode: '440305001001',
      location: null,
      severity: 'MINOR',
      source: { kind: 'patrol' },
      reportedBy: 'op',
      openedAt: '2026-11-01T00:00:00.000Z',
      dueAt: due,
      settingsVersion: 'test',
    },
  });
export const dispatched =
  (assignee = ana) =>
  (caseId: string): OutcomeEvent => ({
    type: 'CaseDispatched',
    data: { caseId, assignee, dispatchedBy: 'op', dispatchedAt: '2026-11-01T00:01:00.000Z', reason: { rule: 'manual', candidates: [] } },
  });
export const sentBack = (caseId: string): OutcomeEvent => ({
  type: 'CaseSentBack',
  data: { caseId, by: 'op', performedBy: ana, reason: 'not mine', at: '2026-11-01T00:02:00.000Z' },
});
export const closed =
  (closedAt: string, onTime = closedAt <= dueAt) =>
  (caseId: string): OutcomeEvent => ({ type: 'CaseClosed', data: { caseId, by: 'op', onTime, closedAt } });
export const extended =
  (due: string) =>
  (caseId: string): OutcomeEvent => ({
    type: 'CaseExtended',
    data: { caseId, by: 'op', reason: 'rain', dueAt: due, at: '2026-11-02T00:00:00.000Z' },
  });
export const suspended =
  (at: string) =>
  (caseId: string): OutcomeEvent => ({
    type: 'CaseSuspended',
    data: { caseId, by: 'op', reason: 'part', reviewAt: '2026-12-01T00:00:00.000Z', at },
  });
export const reopened =
  (due: string) =>
  (caseId: string): OutcomeEvent => ({
    type: 'CaseReopened',
    data: { caseId, by: 'op', reason: 'again', dueAt: due, at: '2026-11-12T00:00:00.000Z' },
  });
export const voided = (caseId: string): OutcomeEvent => ({
  type: 'CaseVoided',
  data: { caseId, by: 'op', reason: 'false', at: '2026-11-02T00:00:00.000Z' },
});
export const overdue = (caseId: string): OutcomeEvent => ({
  type: 'CaseBecameOverdue',
  data: { caseId, dueAt, at: '2026-11-10T10:00:01.000Z' },
});
