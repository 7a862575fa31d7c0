import type { CaseBecameOverdue, CaseExtended, CaseResumed, CaseSuspended } from '@brain/contracts';
import { DomainError } from '@brain/event-store/pure';
import { isRepeat, requireState } from './case-transitions.js';
import type { ExtendCase, MarkOverdue, ResumeCase, SuspendCase } from './case.commands.js';
import { isOverdue, type CaseRecord } from './case.record.js';
import { categoryOf, type CaseSettings } from './case.settings.js';
import { dueAfterPause, dueTimeAsKnown } from './deadline.js';

export function extend({ caseId, by, reason, dueAt, now }: ExtendCase, record: CaseRecord): readonly CaseExtended[] {
  if (isRepeat(record, 'CaseExtended', { by: by.id, reason, dueAt })) return [];
  requireState(record, 'extend');
  if (dueAt <= record.dueAt || dueAt <= now) {
    throw new DomainError('EXTENSION_NOT_LATER', `The case is due at ${record.dueAt}; an extension ends after that and after now`, [
      { path: 'dueAt', message: `must be later than ${record.dueAt > now ? record.dueAt : now}` },
    ]);
  }
  return [{ type: 'CaseExtended', data: { caseId, by: by.id, reason, dueAt, at: now } }];
}

export function suspend(command: SuspendCase, record: CaseRecord): readonly CaseSuspended[] {
  const { caseId, by, reason, reviewAt, now } = command;
  if (isRepeat(record, 'CaseSuspended', { by: by.id, reason, reviewAt })) return [];
  requireState(record, 'suspend');
  if (reviewAt <= now) {
    throw new DomainError('REVIEW_NOT_IN_FUTURE', 'A suspended case is reviewed at a time to come', [
      { path: 'reviewAt', message: `must be later than ${now}` },
    ]);
  }
  return [{ type: 'CaseSuspended', data: { caseId, by: by.id, reason, reviewAt, at: now } }];
}

export function resume(settings: CaseSettings, { caseId, by, now }: ResumeCase, record: CaseRecord): readonly CaseResumed[] {
  if (isRepeat(record, 'CaseResumed', { by: by.id })) return [];
  requireState(record, 'resume');
  const times = { dueAt: record.dueAt, pausedAt: record.clockStoppedAt ?? now, resumedAt: now };
  const { unit } = categoryOf(settings, record.category).deadline;
  const due = dueTimeAsKnown(dueAfterPause(times, unit, settings.calendar), unit, settings.calendar);
  return [{ type: 'CaseResumed', data: { caseId, by: by.id, ...due, at: now } }];
}

/** A timer may fire late, twice, or for a due time that has moved since: only the running, passed one is recorded. */
export function markOverdue({ caseId, dueAt, now }: MarkOverdue, record: CaseRecord): readonly CaseBecameOverdue[] {
  const isCurrent = record.dueAt === dueAt && record.overdueRecordedFor !== dueAt;
  if (!isCurrent || record.clockStoppedAt !== null || !isOverdue(record, now)) return [];
  return [{ type: 'CaseBecameOverdue', data: { caseId, dueAt, at: now } }];
}
