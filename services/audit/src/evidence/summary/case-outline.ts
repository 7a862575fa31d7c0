import { nameOf, textIn, type ToldEvent } from './told-event.js';

/** A case in one line, as far as the package tells it. */
export interface CaseOutline {
  readonly caseId: string;
  readonly number?: string | undefined;
  readonly title?: string | undefined;
  readonly areaCode: string | null;
  readonly state: string;
  readonly assignee?: string | undefined;
  readonly openedAt?: string | undefined;
  readonly dueAt?: string | undefined;
  readonly closedAt?: string | undefined;
  /** As was decided at the closing; undefined: not closed. */
  readonly onTime?: boolean | undefined;
  readonly overdue: boolean;
}

/** Events that say nothing about where the case stands leave its state as it is. */
const STATES: Readonly<Record<string, string>> = {
  'case-reported': 'reported',
  'case-accepted': 'accepted',
  'case-dispatched': 'dispatched',
  'case-reassigned': 'dispatched',
  'case-started': 'in-progress',
  'case-sent-back': 'accepted',
  'case-suspended': 'suspended',
  'case-resumed': 'in-progress',
  'case-completed': 'completed',
  'case-rework-ordered': 'in-progress',
  'case-verified': 'verified',
  'case-closed': 'closed',
  'case-reopened': 'accepted',
  'case-voided': 'voided',
  'case-merged': 'merged',
};

const STREAM = /^case-(?=[0-9a-f]{8}-)/;

/** The id of the case whose own event this is. */
export function caseOf({ streamId }: Pick<ToldEvent, 'streamId'>): string | undefined {
  return STREAM.test(streamId) ? streamId.replace(STREAM, '') : undefined;
}

/** The case after one more of its events. */
export function outlined(before: CaseOutline | undefined, caseId: string, event: ToldEvent): CaseOutline {
  const name = nameOf(event);
  const { data } = event;
  const reopened = name === 'case-reopened' ? { closedAt: undefined, onTime: undefined, assignee: undefined } : {};
  return {
    ...(before ?? { areaCode: event.areaCode, overdue: false }),
    caseId,
    state: STATES[name] ?? before?.state ?? 'unknown',
    ...(name === 'case-reported' ? { number: textIn(data, 'number'), title: textIn(data, 'title'), openedAt: textIn(data, 'openedAt') } : {}),
    ...(name === 'case-dispatched' || name === 'case-reassigned' ? { assignee: textIn(data, 'assignee') } : {}),
    ...(typeof data.dueAt === 'string' ? { dueAt: data.dueAt } : {}),
    ...(name === 'case-closed' ? { closedAt: textIn(data, 'closedAt') ?? event.time, onTime: data.onTime === true } : {}),
    ...(name === 'case-became-overdue' ? { overdue: true } : {}),
    ...reopened,
  };
}
