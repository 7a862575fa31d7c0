import type { CaseCompleted, CaseDispatched, CaseReassigned, CaseSentBack, CaseStarted } from '@brain/contracts';
import { DomainError } from '@brain/event-store/pure';
import { isRepeat, requireState } from './case-transitions.js';
import type { CaseActor, CompleteCase, DispatchCase, ReassignCase, SendBackCase, StaffAtHand, StartCase } from './case.commands.js';
import type { CaseRecord } from './case.record.js';
import { chooseByHand, chooseByRule, type DispatchChoice } from './dispatch-rule.js';

export function dispatch({ caseId, by, assignee, now }: DispatchCase, record: CaseRecord): readonly CaseDispatched[] {
  // Whoever says it: the person asked for already has the case.
  if (assignee !== null && record.state === 'dispatched' && record.assignee === assignee) return [];
  requireState(record, 'dispatch');
  const choice = choose(assignee, record, now);
  return [{ type: 'CaseDispatched', data: { caseId, ...choice, dispatchedBy: by.id, dispatchedAt: now.at } }];
}

export function reassign(command: ReassignCase, record: CaseRecord): readonly CaseReassigned[] {
  const { caseId, by, from, reason, now } = command;
  requireState(record, 'reassign');
  const previousAssignee = assigneeOf(record);
  // The last also when it is said twice.
  if ((from !== null && from !== previousAssignee) || command.assignee === previousAssignee) return [];
  const { assignee, reason: choice } = choose(command.assignee, record, now);
  if (assignee === previousAssignee) return [];
  return [{ type: 'CaseReassigned', data: { caseId, by: by.id, previousAssignee, assignee, reason, candidates: choice.candidates, at: now.at } }];
}

export function start({ caseId, by, now }: StartCase, record: CaseRecord): readonly CaseStarted[] {
  if (isRepeat(record, 'CaseStarted', { by: by.id })) return [];
  requireState(record, 'start');
  return [{ type: 'CaseStarted', data: { caseId, by: by.id, performedBy: performer(record, by), at: now } }];
}

export function sendBack({ caseId, by, reason, now }: SendBackCase, record: CaseRecord): readonly CaseSentBack[] {
  if (isRepeat(record, 'CaseSentBack', { by: by.id, reason })) return [];
  requireState(record, 'send-back');
  return [{ type: 'CaseSentBack', data: { caseId, by: by.id, performedBy: performer(record, by), reason, at: now } }];
}

export function complete(command: CompleteCase, record: CaseRecord): readonly CaseCompleted[] {
  const { caseId, by, result, now } = command;
  const evidence = [...command.evidence];
  if (isRepeat(record, 'CaseCompleted', { by: by.id, result, evidence })) return [];
  requireState(record, 'complete');
  const performedBy = performer(record, by);
  return [{ type: 'CaseCompleted', data: { caseId, by: by.id, performedBy, result, evidence, at: now } }];
}

/** The worker a step counts for: always the assignee, who acts in person or through an operator. */
function performer(record: CaseRecord, by: CaseActor): string {
  const assignee = assigneeOf(record);
  if (by.operator || by.staffId === assignee) return assignee;
  throw new DomainError('CASE_NOT_YOURS', `Case ${record.number} is assigned to somebody else`);
}

function choose(assignee: string | null, { areaCode }: CaseRecord, { staff }: StaffAtHand): DispatchChoice {
  return assignee === null ? chooseByRule(areaCode, staff) : chooseByHand(assignee, areaCode, staff);
}

function assigneeOf({ assignee, number, state }: CaseRecord): string {
  if (assignee === null) throw new Error(`Case ${number} is ${state} without an assignee`);
  return assignee;
}
