import {
  ERASED,
  type CaseAccepted,
  type CaseBecameOverdue,
  type CaseClosed,
  type CaseCompleted,
  type CaseDispatched,
  type CaseErased,
  type CaseExtended,
  type CaseMerged,
  type CaseRated,
  type CaseReassigned,
  type CaseReopened,
  type CaseReported,
  type CaseResumed,
  type CaseReworkOrdered,
  type CaseSentBack,
  type CaseStarted,
  type CaseSuspended,
  type CaseVerified,
  type CaseView,
  type CaseVoided,
} from '@brain/contracts';
import type { Stamp } from './stamp.js';

export type CaseEvent =
  | CaseReported
  | CaseAccepted
  | CaseDispatched
  | CaseStarted
  | CaseSentBack
  | CaseReassigned
  | CaseCompleted
  | CaseReworkOrdered
  | CaseVerified
  | CaseClosed
  | CaseRated
  | CaseReopened
  | CaseExtended
  | CaseSuspended
  | CaseResumed
  | CaseBecameOverdue
  | CaseVoided
  | CaseMerged
  | CaseErased;

/** A case without the assignee's name: that belongs to another stream and is joined when read. */
export interface CaseNow extends Omit<CaseView, 'assignee'> {
  readonly assigneeId: string | null;
}

/** The case after the event. Nothing is known of a case before it was reported. */
export function foldCase(view: CaseNow | undefined, event: CaseEvent, { revision }: Stamp): CaseNow | undefined {
  if (event.type === 'CaseReported') return reported(event, revision);
  return view && { ...view, ...changeBy(event, view), revision };
}

export function isCaseOpen(view: CaseNow): boolean {
  return view.state !== 'closed' && view.state !== 'voided' && view.state !== 'merged';
}

function reported({ data }: CaseReported, revision: number): CaseNow {
  const { caseId, number, category, title, description, areaCode, location, severity, openedAt, dueAt, dueIsProvisional, source } = data;
  return {
    caseId,
    number,
    category,
    title,
    description,
    areaCode,
    location,
    severity,
    state: 'reported',
    assigneeId: null,
    openedAt,
    dueAt,
    dueIsProvisional: dueIsProvisional === true,
    overdue: false,
    closedAt: null,
    source,
    revision,
  };
}

function changeBy(event: Exclude<CaseEvent, CaseReported>, view: CaseNow): Partial<CaseNow> {
  switch (event.type) {
    case 'CaseAccepted':
      return { state: 'accepted' };
    case 'CaseDispatched':
    case 'CaseReassigned':
      return { state: 'dispatched', assigneeId: event.data.assignee };
    case 'CaseStarted':
      return { state: 'in-progress' };
    case 'CaseSentBack':
      return { state: 'accepted', assigneeId: null };
    case 'CaseCompleted':
      return { state: 'completed' };
    case 'CaseReworkOrdered':
      return { state: 'dispatched' };
    case 'CaseVerified':
      return { state: 'verified' };
    case 'CaseClosed':
      return { state: 'closed', closedAt: event.data.closedAt };
    case 'CaseReopened':
      return { state: 'accepted', assigneeId: null, closedAt: null, ...dueOf(event.data), overdue: false };
    case 'CaseExtended':
      return { ...dueOf(event.data), overdue: view.overdue && event.data.dueAt <= event.data.at };
    case 'CaseSuspended':
      return { state: 'suspended' };
    case 'CaseResumed':
      return { state: 'in-progress', ...dueOf(event.data) };
    case 'CaseBecameOverdue':
      return { overdue: true };
    case 'CaseVoided':
      return { state: 'voided' };
    case 'CaseMerged':
      return { state: 'merged' };
    case 'CaseRated':
      return {};
    case 'CaseErased':
      return { title: erased(view.title), description: erased(view.description) };
  }
}

function dueOf({ dueAt, dueIsProvisional }: Pick<CaseNow, 'dueAt' | 'dueIsProvisional'>): Partial<CaseNow> {
  return { dueAt, dueIsProvisional: dueIsProvisional === true };
}

function erased(text: string): string {
  return text === '' ? text : ERASED;
}
