import { isWithinArea, type CaseState, type CaseView } from '@brain/contracts';
import type { User } from '../session/user.js';

export interface CaseFilter {
  readonly text: string;
  readonly area: string | null;
  readonly overdueOnly: boolean;
  readonly mineOnly: boolean;
  /** Asked of the server alone, which knows who has gone. */
  readonly needsAssignee: boolean;
  readonly states: readonly CaseState[];
}

export const NO_FILTER: CaseFilter = { text: '', area: null, overdueOnly: false, mineOnly: false, needsAssignee: false, states: [] };

/** The columns of the board, in the order of the work. */
export const COLUMNS = ['reported', 'accepted', 'dispatched', 'in-progress', 'completed', 'verified', 'suspended'] as const;

/** The same questions the server answers for the list, asked of what is already here. */
export function matches(one: CaseView, filter: CaseFilter, user: User): boolean {
  const text = filter.text.trim().toLowerCase();
  return (
    (text === '' || one.title.toLowerCase().includes(text) || one.number.toLowerCase().includes(text)) &&
    (filter.area === null || isWithinArea(one.areaCode, filter.area)) &&
    (!filter.overdueOnly || one.overdue) &&
    (!filter.mineOnly || (user.staffId !== null && one.assignee?.staffId === user.staffId))
  );
}

/** What is late first, then what is due soonest. */
export function byUrgency(a: CaseView, b: CaseView): number {
  return a.dueAt.localeCompare(b.dueAt) || a.number.localeCompare(b.number);
}
