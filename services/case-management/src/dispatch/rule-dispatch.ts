import { Injectable } from '@nestjs/common';
import { isDomainError } from '@brain/contracts';
import type { CommandContext } from '@brain/event-store';
import { dispatchRuleActor } from '../cases/case-access.js';
import { CaseLedger, type CurrentCase } from '../cases/case-ledger.js';
import type { StaffAtHand } from '../cases/domain/case.commands.js';
import type { CaseRecord } from '../cases/domain/case.record.js';
import { Dispatcher } from './dispatcher.js';

type Cause = Omit<CommandContext, 'source'>;

/** Nobody on duty: the case waits. Another state: an operator was quicker, and the operator's decision stands. */
const LEFT_TO_PEOPLE: readonly string[] = ['NO_CANDIDATE_ON_DUTY', 'CASE_STATE_WRONG'];

/** What the dispatch rule does without being asked. */
@Injectable()
export class RuleDispatch {
  constructor(
    private readonly ledger: CaseLedger,
    private readonly dispatcher: Dispatcher,
  ) {}

  /** Each step has a command id of its own, so that a repeat goes on where the first one stopped. */
  async acceptAndDispatch(record: CaseRecord, cause: Cause): Promise<void> {
    const accept = { type: 'AcceptCase', caseId: record.caseId, by: dispatchRuleActor, now: cause.time } as const;
    const isAccepted = await unlessLeftToPeople(() => this.ledger.runFor(accept, step(cause, 'accept')));
    if (isAccepted) await this.dispatch(record, cause);
  }

  /** True when the case has somebody now. */
  dispatch(record: CaseRecord, cause: Cause): Promise<boolean> {
    const asked = { type: 'DispatchCase', caseId: record.caseId, by: dispatchRuleActor, assignee: null } as const;
    return this.assign(record, cause.time, (now) => this.ledger.runFor({ ...asked, now }, step(cause, 'dispatch')));
  }

  /** From somebody who was erased to somebody else. True when the case has somebody now. */
  reassign({ assignee: from, ...record }: CaseRecord, cause: Cause): Promise<boolean> {
    const asked = { type: 'ReassignCase', caseId: record.caseId, by: dispatchRuleActor, assignee: null, from, reason: GONE } as const;
    return this.assign(record, cause.time, (now) => this.ledger.runFor({ ...asked, now }, step(cause, 'reassign')));
  }

  private assign({ areaCode }: Pick<CaseRecord, 'areaCode'>, at: string, run: (now: StaffAtHand) => Promise<CurrentCase>): Promise<boolean> {
    return unlessLeftToPeople(() => this.dispatcher.assign(areaCode, { assignee: null, at }, run));
  }
}

const GONE = '处置人已注销，按规则改派 / the assignee was erased; chosen by the rule';

function step(cause: Cause, name: string): Cause {
  return cause.commandId === undefined ? cause : { ...cause, commandId: `${cause.commandId}/${name}` };
}

async function unlessLeftToPeople(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (isDomainError(error) && LEFT_TO_PEOPLE.includes(error.code)) return false;
    throw error;
  }
}
