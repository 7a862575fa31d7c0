import { CASE_COMMANDS, type CaseCommandName, type CaseState } from '@brain/contracts';
import { DomainError } from '@brain/event-store/pure';
import type { CaseEvent } from './case.events.js';
import type { CaseRecord, CaseSnapshot } from './case.record.js';

/** The state table: in which states each command is possible. */
const POSSIBLE_IN: Readonly<Record<CaseCommandName, readonly CaseState[]>> = {
  accept: ['reported'],
  void: ['reported'],
  merge: ['reported'],
  dispatch: ['accepted'],
  start: ['dispatched'],
  'send-back': ['dispatched'],
  reassign: ['dispatched', 'in-progress'],
  complete: ['in-progress'],
  extend: ['in-progress'],
  suspend: ['in-progress'],
  resume: ['suspended'],
  verify: ['completed'],
  rework: ['completed'],
  close: ['verified'],
  reopen: ['closed'],
  rate: ['closed'],
};

export function possibleCommands(state: CaseState): readonly CaseCommandName[] {
  return CASE_COMMANDS.filter((name) => POSSIBLE_IN[name].includes(state));
}

/** Also the answer to whoever may not see it: word by word the same. */
export function caseUnknown(): DomainError {
  return new DomainError('CASE_UNKNOWN', 'There is no such case');
}

export function requirePresent(snapshot: CaseSnapshot): CaseRecord {
  if (snapshot.state === 'absent') throw caseUnknown();
  return snapshot;
}

/** Refuses a command in the wrong state, telling who brought the case there and what is possible instead. */
export function requireState(record: CaseRecord, name: CaseCommandName): void {
  if (POSSIBLE_IN[name].includes(record.state)) return;
  const possible = possibleCommands(record.state);
  throw new DomainError(
    'CASE_STATE_WRONG',
    `Case ${record.number} is ${record.state}: ${lastStep(record)}. ` +
      `"${name}" needs it to be ${POSSIBLE_IN[name].join(' or ')}; ` +
      `possible now: ${possible.length === 0 ? 'nothing' : possible.join(', ')}`,
  );
}

/** Is the last step this one, with these contents? Then saying it again changes nothing. */
export function isRepeat<Type extends CaseEvent['type']>(
  record: CaseRecord,
  type: Type,
  content: Partial<Extract<CaseEvent, { type: Type }>['data']>,
): boolean {
  const last: Readonly<Record<string, unknown>> = record.last.data;
  return (
    record.last.type === type &&
    Object.entries(content).every(([key, value]) => JSON.stringify(last[key]) === JSON.stringify(value))
  );
}

function lastStep({ last }: CaseRecord): string {
  switch (last.type) {
    case 'CaseReported':
      return `reported by ${last.data.reportedBy} at ${last.data.openedAt}`;
    case 'CaseDispatched':
      return `dispatched to ${last.data.assignee} by ${last.data.dispatchedBy} at ${last.data.dispatchedAt}`;
    case 'CaseReassigned':
      return `reassigned to ${last.data.assignee} by ${last.data.by} at ${last.data.at}`;
    case 'CaseClosed':
      return `closed by ${last.data.by} at ${last.data.closedAt}`;
    case 'CaseBecameOverdue':
      return `overdue since ${last.data.dueAt}`;
    case 'CaseErased':
      return `erased at ${last.data.at}`;
    case 'CaseAccepted':
    case 'CaseStarted':
    case 'CaseSentBack':
    case 'CaseCompleted':
    case 'CaseVerified':
    case 'CaseReworkOrdered':
    case 'CaseReopened':
    case 'CaseExtended':
    case 'CaseSuspended':
    case 'CaseResumed':
    case 'CaseVoided':
    case 'CaseMerged':
    case 'CaseRated':
      return `${STEP_WORDS[last.type]} by ${last.data.by} at ${last.data.at}`;
  }
}

const STEP_WORDS = {
  CaseAccepted: 'accepted',
  CaseStarted: 'started',
  CaseSentBack: 'sent back',
  CaseCompleted: 'completed',
  CaseVerified: 'verified',
  CaseReworkOrdered: 'returned for rework',
  CaseReopened: 'reopened',
  CaseExtended: 'extended',
  CaseSuspended: 'suspended',
  CaseResumed: 'resumed',
  CaseVoided: 'voided',
  CaseMerged: 'merged',
  CaseRated: 'rated',
} as const;
