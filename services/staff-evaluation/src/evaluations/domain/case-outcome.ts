import type {
  CaseBecameOverdue,
  CaseClosed,
  CaseDispatched,
  CaseExtended,
  CaseMerged,
  CaseReassigned,
  CaseReopened,
  CaseReported,
  CaseResumed,
  CaseSentBack,
  CaseSuspended,
  CaseVoided,
} from '@brain/contracts';

/** The case events that decide how a case ended and for whom. */
export type OutcomeEvent =
  | CaseReported
  | CaseDispatched
  | CaseSentBack
  | CaseReassigned
  | CaseExtended
  | CaseSuspended
  | CaseResumed
  | CaseClosed
  | CaseReopened
  | CaseVoided
  | CaseMerged
  | CaseBecameOverdue;

export interface RecordedOutcome {
  readonly eventId: string;
  readonly event: OutcomeEvent;
}

/** How a case stands after its events so far. */
export interface CaseOutcome {
  readonly caseId: string;
  readonly assignee: string | null;
  readonly dueAt: string;
  readonly closing: { readonly at: string; readonly onTime: boolean } | null;
  readonly suspendedAt: string | null;
  readonly isLeftOut: boolean;
  /** The event that decided: the closing; the breach; else what set the due time. */
  readonly decidedBy: string;
}

/** Folds one case's events, oldest first. Null without the report. */
export function outcomeOf(history: readonly RecordedOutcome[]): CaseOutcome | null {
  return history.reduce<CaseOutcome | null>(next, null);
}

function next(outcome: CaseOutcome | null, { eventId, event }: RecordedOutcome): CaseOutcome | null {
  if (event.type === 'CaseReported') return reported(event, eventId);
  if (outcome === null) return null;
  switch (event.type) {
    case 'CaseDispatched':
    case 'CaseReassigned':
      return { ...outcome, assignee: event.data.assignee };
    case 'CaseSentBack':
      return { ...outcome, assignee: null };
    case 'CaseExtended':
      return { ...outcome, dueAt: event.data.dueAt, decidedBy: eventId };
    case 'CaseSuspended':
      return { ...outcome, suspendedAt: event.data.at };
    case 'CaseResumed':
      return { ...outcome, suspendedAt: null, dueAt: event.data.dueAt, decidedBy: eventId };
    case 'CaseClosed':
      return { ...outcome, closing: { at: event.data.closedAt, onTime: event.data.onTime }, decidedBy: eventId };
    case 'CaseReopened':
      return { ...outcome, closing: null, assignee: null, dueAt: event.data.dueAt, decidedBy: eventId };
    case 'CaseVoided':
    case 'CaseMerged':
      return { ...outcome, isLeftOut: true };
    case 'CaseBecameOverdue':
      return event.data.dueAt === outcome.dueAt ? { ...outcome, decidedBy: eventId } : outcome;
  }
}

function reported({ data: { caseId, dueAt } }: CaseReported, decidedBy: string): CaseOutcome {
  return { caseId, assignee: null, dueAt, closing: null, suspendedAt: null, isLeftOut: false, decidedBy };
}
