import type { CaseClosed, CaseRated, CaseReopened, CaseReworkOrdered, CaseVerified } from '@brain/contracts';
import { DomainError } from '@brain/event-store/pure';
import { isRepeat, requireState } from './case-transitions.js';
import type { CaseActor, CloseCase, RateCase, ReopenCase, ReworkCase, VerifyCase } from './case.commands.js';
import { isOverdue, type CaseRecord } from './case.record.js';
import { categoryOf, type CaseSettings } from './case.settings.js';
import { dueTime, dueTimeAsKnown } from './deadline.js';
import { addHours } from './work-calendar.js';

export function verify({ caseId, by, comment, now }: VerifyCase, record: CaseRecord): readonly CaseVerified[] {
  if (isRepeat(record, 'CaseVerified', { by: by.id, comment })) return [];
  requireState(record, 'verify');
  requireAnotherPerson(record, by);
  return [{ type: 'CaseVerified', data: { caseId, by: by.id, comment, at: now } }];
}

export function rework({ caseId, by, reason, now }: ReworkCase, record: CaseRecord): readonly CaseReworkOrdered[] {
  if (isRepeat(record, 'CaseReworkOrdered', { by: by.id, reason })) return [];
  requireState(record, 'rework');
  requireAnotherPerson(record, by);
  return [{ type: 'CaseReworkOrdered', data: { caseId, by: by.id, reason, at: now } }];
}

export function close({ caseId, by, now }: CloseCase, record: CaseRecord): readonly CaseClosed[] {
  if (isRepeat(record, 'CaseClosed', { by: by.id })) return [];
  requireState(record, 'close');
  return [{ type: 'CaseClosed', data: { caseId, by: by.id, onTime: !isOverdue(record, now), closedAt: now } }];
}

export function reopen(settings: CaseSettings, command: ReopenCase, record: CaseRecord): readonly CaseReopened[] {
  const { caseId, by, reason, now } = command;
  if (isRepeat(record, 'CaseReopened', { by: by.id, reason })) return [];
  requireState(record, 'reopen');
  if (now > addHours(record.closedAt ?? now, settings.reopenWithinDays * 24)) {
    throw new DomainError(
      'CASE_REOPEN_TOO_LATE',
      `Case ${record.number} was closed at ${String(record.closedAt)}, more than ${settings.reopenWithinDays} days ago`,
    );
  }
  const { deadline } = categoryOf(settings, record.category);
  const due = dueTimeAsKnown(dueTime(now, deadline, settings.calendar), deadline.unit, settings.calendar);
  return [{ type: 'CaseReopened', data: { caseId, by: by.id, reason, ...due, at: now } }];
}

export function rate(command: RateCase, record: CaseRecord): readonly CaseRated[] {
  const { caseId, by, satisfaction, comment, now } = command;
  if (isRepeat(record, 'CaseRated', { by: by.id, satisfaction, comment })) return [];
  requireState(record, 'rate');
  if (record.satisfaction !== null) {
    throw new DomainError('CASE_ALREADY_RATED', `Case ${record.number} was already rated ${record.satisfaction}`);
  }
  return [{ type: 'CaseRated', data: { caseId, by: by.id, satisfaction, comment, at: now } }];
}

function requireAnotherPerson(record: CaseRecord, by: CaseActor): void {
  if (by.staffId === null || by.staffId !== record.performedBy) return;
  throw new DomainError('CASE_VERIFIER_IS_WORKER', 'Who did the work cannot verify it; another person must');
}
