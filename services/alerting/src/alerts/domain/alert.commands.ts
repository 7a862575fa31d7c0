import type { AlertRaised, Reading } from '@brain/contracts';

export interface RaiseAlert {
  readonly type: 'RaiseAlert';
  readonly alert: AlertRaised['data'];
}
/** `occurrences` is the count so far, by the evaluation that counts them. */
export interface RecurAlert {
  readonly type: 'RecurAlert';
  readonly occurrences: number;
  readonly at: string;
  /** Whoever was measured; absent: nobody. */
  readonly wearerId?: string;
  readonly reading: Reading;
}
/** A reading no longer fits the condition. `occurrences` is the exact count. */
export interface ClearAlert {
  readonly type: 'ClearAlert';
  readonly clearedAt: string;
  readonly occurrences: number;
  readonly wearerId?: string;
  readonly reading: Reading;
}
/** Why an alert is cleared whose rule has ended. */
export const RULE_RETIRED = 'rule retired';

/** A person, or the end of the rule. */
export interface ClearByPerson {
  readonly type: 'ClearByPerson';
  readonly reason: string;
  readonly now: string;
}
export interface AcknowledgeAlert {
  readonly type: 'AcknowledgeAlert';
  readonly by: string;
  readonly now: string;
}
export interface CommentAlert {
  readonly type: 'CommentAlert';
  readonly by: string;
  readonly text: string;
  readonly now: string;
}
export interface AssignAlert {
  readonly type: 'AssignAlert';
  readonly assigneeId: string;
  readonly by: string;
  readonly now: string;
}
export interface LinkCase {
  readonly type: 'LinkCase';
  readonly caseId: string;
}
/** The wearer of its device was erased. */
export interface EraseWearerOfAlert {
  readonly type: 'EraseWearerOfAlert';
  readonly wearerId: string;
  readonly now: string;
}
export type AlertCommand =
  | RaiseAlert
  | RecurAlert
  | ClearAlert
  | ClearByPerson
  | AcknowledgeAlert
  | CommentAlert
  | AssignAlert
  | LinkCase
  | EraseWearerOfAlert;
