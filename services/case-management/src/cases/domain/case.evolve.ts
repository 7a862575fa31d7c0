import { ERASED, type CaseReopened, type CaseReported } from '@brain/contracts';
import type { CaseEvent } from './case.events.js';
import type { CaseRecord, CaseSnapshot } from './case.record.js';

/** Who accepts in the name of the dispatch rule. */
export const DISPATCH_RULE = 'dispatch-rule';

export function evolveCase(snapshot: CaseSnapshot, event: CaseEvent): CaseSnapshot {
  if (event.type === 'CaseReported') return reported(event);
  if (snapshot.state === 'absent') throw new Error(`${event.type} before CaseReported`);
  if (event.type === 'CaseBecameOverdue') return { ...snapshot, overdueRecordedFor: event.data.dueAt };
  if (event.type === 'CaseErased') return { ...snapshot, title: erased(snapshot.title), description: erased(snapshot.description), last: event };
  return { ...snapshot, ...changeBy(event), last: event };
}

function erased(text: string): string {
  return text === '' ? text : ERASED;
}

function reported(event: CaseReported): CaseRecord {
  return {
    ...event.data,
    state: 'reported',
    assignee: null,
    performedBy: null,
    clockStartedAt: event.data.openedAt,
    clockStoppedAt: null,
    closedAt: null,
    overdueRecordedFor: null,
    satisfaction: null,
    awaitsRule: false,
    last: event,
  };
}

type Change = Partial<CaseRecord>;
type Later = Exclude<CaseEvent, { type: 'CaseReported' | 'CaseBecameOverdue' | 'CaseErased' }>;

function changeBy(event: Later): Change {
  switch (event.type) {
    case 'CaseAccepted':
      return { state: 'accepted', awaitsRule: event.data.by === DISPATCH_RULE };
    case 'CaseDispatched':
      return { state: 'dispatched', assignee: event.data.assignee, awaitsRule: false };
    case 'CaseStarted':
      return { state: 'in-progress' };
    case 'CaseSentBack':
      return { state: 'accepted', assignee: null };
    case 'CaseReassigned':
      return { state: 'dispatched', assignee: event.data.assignee };
    case 'CaseCompleted':
      return { state: 'completed', performedBy: event.data.performedBy };
    case 'CaseVerified':
      return { state: 'verified' };
    case 'CaseReworkOrdered':
      return { state: 'dispatched', performedBy: null };
    case 'CaseClosed':
      return { state: 'closed', closedAt: event.data.closedAt, clockStoppedAt: event.data.closedAt };
    case 'CaseReopened':
      return reopened(event.data);
    case 'CaseExtended':
      return { dueAt: event.data.dueAt, dueIsProvisional: undefined };
    case 'CaseSuspended':
      return { state: 'suspended', clockStoppedAt: event.data.at };
    case 'CaseResumed':
      return { state: 'in-progress', dueAt: event.data.dueAt, dueIsProvisional: event.data.dueIsProvisional, clockStoppedAt: null };
    case 'CaseVoided':
      return { state: 'voided', clockStoppedAt: event.data.at };
    case 'CaseMerged':
      return { state: 'merged', clockStoppedAt: event.data.at };
    case 'CaseRated':
      return { satisfaction: event.data.satisfaction };
  }
}

function reopened({ at, dueAt, dueIsProvisional }: CaseReopened['data']): Change {
  return {
    state: 'accepted',
    assignee: null,
    performedBy: null,
    clockStartedAt: at,
    clockStoppedAt: null,
    closedAt: null,
    satisfaction: null,
    dueAt,
    dueIsProvisional,
  };
}
