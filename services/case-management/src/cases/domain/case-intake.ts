import type { CaseAccepted, CaseMerged, CaseReported, CaseVoided } from '@brain/contracts';
import { DomainError } from '@brain/event-store/pure';
import { isRepeat, requireState } from './case-transitions.js';
import type { AcceptCase, MergeCase, OpenCase, VoidCase } from './case.commands.js';
import type { CaseRecord, CaseSnapshot } from './case.record.js';
import { requireCategory, type CaseSettings } from './case.settings.js';
import { dueTime, dueTimeAsKnown } from './deadline.js';

export function open(settings: CaseSettings, command: OpenCase, snapshot: CaseSnapshot): readonly CaseReported[] {
  if (snapshot.state !== 'absent') return []; // the alert was delivered twice
  const { caseId, category, title, description, areaCode, location, severity, source, reportedBy, now } = command;
  const { deadline } = requireCategory(settings, category);
  const asked = { caseId, category, title, description, areaCode, location, severity, source, reportedBy };
  const due = dueTimeAsKnown(dueTime(now.at, deadline, settings.calendar), deadline.unit, settings.calendar);
  const settingsVersion = settings.version;
  return [{ type: 'CaseReported', data: { ...asked, number: now.number, openedAt: now.at, ...due, settingsVersion } }];
}

export function accept({ caseId, by, now }: AcceptCase, record: CaseRecord): readonly CaseAccepted[] {
  if (isRepeat(record, 'CaseAccepted', { by: by.id })) return [];
  requireState(record, 'accept');
  return [{ type: 'CaseAccepted', data: { caseId, by: by.id, at: now } }];
}

export function voidCase({ caseId, by, reason, now }: VoidCase, record: CaseRecord): readonly CaseVoided[] {
  if (isRepeat(record, 'CaseVoided', { by: by.id, reason })) return [];
  requireState(record, 'void');
  return [{ type: 'CaseVoided', data: { caseId, by: by.id, reason, at: now } }];
}

export function merge({ caseId, by, intoCaseId, now }: MergeCase, record: CaseRecord): readonly CaseMerged[] {
  if (isRepeat(record, 'CaseMerged', { by: by.id, intoCaseId })) return [];
  requireState(record, 'merge');
  if (intoCaseId === caseId) {
    throw new DomainError('CASE_MERGE_INTO_ITSELF', 'A case cannot be merged into itself', [
      { path: 'intoCaseId', message: 'is this case' },
    ]);
  }
  return [{ type: 'CaseMerged', data: { caseId, intoCaseId, by: by.id, at: now } }];
}
