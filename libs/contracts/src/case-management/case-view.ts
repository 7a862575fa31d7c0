import type { Location, Role, Severity } from '../values.js';
import type { CaseSource } from './case-reported.v1.js';

export const CASE_STATES = [
  'reported',
  'accepted',
  'dispatched',
  'in-progress',
  'suspended',
  'completed',
  'verified',
  'closed',
  'voided',
  'merged',
] as const;
export type CaseState = (typeof CASE_STATES)[number];

export const CASE_COMMANDS = [
  'accept',
  'dispatch',
  'start',
  'complete',
  'verify',
  'close',
  'rework',
  'send-back',
  'reassign',
  'extend',
  'suspend',
  'resume',
  'void',
  'merge',
  'reopen',
  'rate',
] as const;
export type CaseCommandName = (typeof CASE_COMMANDS)[number];

const OPERATOR = ['operator'] as const satisfies readonly Role[];
/** What the assignee does; an operator may enter it in the assignee's name. */
const ASSIGNEE = ['operator', 'grid-worker'] as const satisfies readonly Role[];

/** Who opens a case: operators from every source, grid workers what they see on patrol. */
export const CASE_REPORTERS: readonly Role[] = ASSIGNEE;

/** Who gives each command: operators in their areas, grid workers for the cases they hold. */
export const ROLES_OF_CASE_COMMAND: Readonly<Record<CaseCommandName, readonly Role[]>> = {
  accept: OPERATOR,
  dispatch: OPERATOR,
  start: ASSIGNEE,
  complete: ASSIGNEE,
  verify: OPERATOR,
  close: OPERATOR,
  rework: OPERATOR,
  'send-back': ASSIGNEE,
  reassign: OPERATOR,
  extend: OPERATOR,
  suspend: OPERATOR,
  resume: OPERATOR,
  void: OPERATOR,
  merge: OPERATOR,
  reopen: OPERATOR,
  rate: OPERATOR,
};

/** A case as the API and the socket show it. */
export interface CaseView {
  readonly caseId: string;
  readonly number: string;
  readonly category: string;
  readonly title: string;
  readonly description: string;
  readonly areaCode: string;
  readonly location: Location | null;
  readonly severity: Severity;
  readonly state: CaseState;
  readonly assignee: { readonly staffId: string; readonly name: string } | null;
  readonly openedAt: string;
  readonly dueAt: string;
  /** The calendar does not know the holidays of that time yet. */
  readonly dueIsProvisional?: boolean | undefined;
  readonly overdue: boolean;
  readonly closedAt: string | null;
  readonly source: CaseSource;
  readonly revision: number;
}
