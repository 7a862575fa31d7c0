import type { CaseView } from '@brain/contracts';
import type { CurrentCase } from './case-ledger.js';
import { isOverdue } from './domain/case.record.js';

/** A case as the API shows it at a moment. */
export function caseView({ record, revision }: CurrentCase, assigneeName: string | null, now: string): CaseView {
  const { caseId, number, category, title, description, areaCode, location, severity, state, assignee } = record;
  return {
    caseId,
    number,
    category,
    title,
    description,
    areaCode,
    location,
    severity,
    state,
    assignee: assignee === null ? null : { staffId: assignee, name: assigneeName ?? '' },
    openedAt: record.openedAt,
    dueAt: record.dueAt,
    dueIsProvisional: record.dueIsProvisional === true,
    overdue: isOverdue(record, now),
    closedAt: record.closedAt,
    source: record.source,
    revision,
  };
}
