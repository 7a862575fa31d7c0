import type { CaseSource, Location, Severity } from '@brain/contracts';
import type { StaffOnHand } from './dispatch-rule.js';

/** Who acts. `operator`: with the operator's rights in the case's area (the dispatch rule has them too). */
export interface CaseActor {
  readonly id: string;
  readonly staffId: string | null;
  readonly operator: boolean;
}

interface Step<Type extends string> {
  readonly type: Type;
  readonly caseId: string;
  readonly by: CaseActor;
  readonly now: string;
}

/** `now` holds all that may differ when the same request comes again: the time, and what was looked up for it. */
export interface OpenCase {
  readonly type: 'OpenCase';
  readonly caseId: string;
  readonly category: string;
  readonly title: string;
  readonly description: string;
  readonly areaCode: string;
  readonly location: Location | null;
  readonly severity: Severity;
  readonly source: CaseSource;
  readonly reportedBy: string;
  readonly now: { readonly at: string; readonly number: string };
}

export interface StaffAtHand {
  readonly at: string;
  readonly staff: readonly StaffOnHand[];
}

/** `assignee` null: the dispatch rule chooses among the staff at hand. */
export interface DispatchCase<Type extends string = 'DispatchCase'> {
  readonly type: Type;
  readonly caseId: string;
  readonly by: CaseActor;
  readonly assignee: string | null;
  readonly now: StaffAtHand;
}

/** Gives the case to another person than the one who has it. `from`: only while this person has it; null: no matter who has it. */
export interface ReassignCase extends DispatchCase<'ReassignCase'> {
  readonly from: string | null;
  readonly reason: string;
}

export type AcceptCase = Step<'AcceptCase'>;
export type StartCase = Step<'StartCase'>;
export type SendBackCase = Step<'SendBackCase'> & { readonly reason: string };
export type CompleteCase = Step<'CompleteCase'> & { readonly result: string; readonly evidence: readonly string[] };
export type VerifyCase = Step<'VerifyCase'> & { readonly comment: string };
export type ReworkCase = Step<'ReworkCase'> & { readonly reason: string };
export type CloseCase = Step<'CloseCase'>;
export type ReopenCase = Step<'ReopenCase'> & { readonly reason: string };
export type ExtendCase = Step<'ExtendCase'> & { readonly reason: string; readonly dueAt: string };
export type SuspendCase = Step<'SuspendCase'> & { readonly reason: string; readonly reviewAt: string };
export type ResumeCase = Step<'ResumeCase'>;
export type VoidCase = Step<'VoidCase'> & { readonly reason: string };
export type MergeCase = Step<'MergeCase'> & { readonly intoCaseId: string };
export type RateCase = Step<'RateCase'> & { readonly satisfaction: number; readonly comment: string };
export interface MarkOverdue {
  readonly type: 'MarkOverdue';
  readonly caseId: string;
  readonly dueAt: string;
  readonly now: string;
}

/** Follows from an erasure that two people agreed on: there is nothing left to decide. */
export interface EraseCase {
  readonly type: 'EraseCase';
  readonly caseId: string;
  readonly now: string;
}

export type CaseCommand =
  | OpenCase
  | AcceptCase
  | DispatchCase
  | ReassignCase
  | StartCase
  | SendBackCase
  | CompleteCase
  | VerifyCase
  | ReworkCase
  | CloseCase
  | ReopenCase
  | ExtendCase
  | SuspendCase
  | ResumeCase
  | VoidCase
  | MergeCase
  | RateCase
  | MarkOverdue
  | EraseCase;
