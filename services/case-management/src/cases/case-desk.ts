import { Inject, Injectable } from '@nestjs/common';
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import type { Actor } from '@brain/auth';
import { DomainError, isDomainError, type CaseCommandName } from '@brain/contracts';
import type { RequestContext } from '@brain/service-kit';
import { AreaRegister } from '../areas/area-register.query.js';
import { Dispatcher } from '../dispatch/dispatcher.js';
import { CASE_SETTINGS } from '../settings/case-settings.js';
import { StaffDirectory } from '../staff/staff.query.js';
import { actorFor, requireKnownAssignee, requireMayRead, requireMayReport } from './case-access.js';
import type { OpenCaseBody } from './case-bodies.schema.js';
import { CaseLedger, type CurrentCase } from './case-ledger.js';
import { CaseNumbers } from './case-numbers.js';
import { CASE_STEPS, dispatchBody, readBody, reassignBody } from './case-steps.js';
import type { DispatchCase, ReassignCase, StaffAtHand } from './domain/case.commands.js';
import type { CaseRecord } from './domain/case.record.js';
import { requireCategory, type CaseSettings } from './domain/case.settings.js';

const REQUEST_NAMESPACE = '0b1f7f4e-94b5-4d0d-8e2c-3a9a3f0c5d21';
const SOURCE_NAMESPACE = '5d0a6f57-3c1b-4c86-9e7e-8b1f2c7d4a90';

/** What people do with cases: permission, then the decision, then the answer from what was decided. */
@Injectable()
export class CaseDesk {
  constructor(
    private readonly ledger: CaseLedger,
    private readonly numbers: CaseNumbers,
    private readonly areas: AreaRegister,
    private readonly dispatcher: Dispatcher,
    private readonly staff: StaffDirectory,
    @Inject(CASE_SETTINGS) private readonly settings: CaseSettings,
  ) {}

  /** What another system reports once more is the case that it already is: its id follows from system and reference. */
  async open(body: OpenCaseBody, request: RequestContext): Promise<CurrentCase> {
    const { actor, idempotencyKey, now: at } = request;
    requireMayReport(actor, body.areaCode, body.source);
    await this.areas.require(body.areaCode);
    requireCategory(this.settings, body.category); // before a number is spent on it
    const caseId = idOf(body.source, idempotencyKey);
    const number = await this.numbers.allot(caseId, body.areaCode, at);
    const command = { type: 'OpenCase', caseId, ...body, reportedBy: actor.id, now: { at, number } } as const;
    const current = await this.ledger.run(command, request, body.areaCode);
    requireMayRead(actor, current.record);
    return current;
  }

  async step(name: CaseCommandName, caseId: string, body: unknown, request: RequestContext): Promise<CurrentCase> {
    const record = await this.visible(caseId, request.actor);
    const by = actorFor(name, request.actor, record);
    if (name === 'dispatch') {
      const { assignee = null } = readBody(dispatchBody, body);
      return this.assign(record, assignee, request, (now) => ({ type: 'DispatchCase', caseId, by, assignee, now }));
    }
    if (name === 'reassign') {
      const asked = readBody(reassignBody, body);
      return this.assign(record, asked.assignee, request, (now) => ({ type: 'ReassignCase', caseId, by, from: null, ...asked, now }));
    }
    const command = CASE_STEPS[name](body, { caseId, by, now: request.now });
    if (command.type === 'MergeCase') await this.requireMergeTarget(command.intoCaseId, request);
    return this.ledger.run(command, request, record.areaCode);
  }

  /** `assignee` null: the dispatch rule chooses. */
  private async assign(
    record: CaseRecord,
    assignee: string | null,
    request: RequestContext,
    commandFor: (now: StaffAtHand) => DispatchCase | ReassignCase,
  ): Promise<CurrentCase> {
    if (assignee !== null) requireKnownAssignee(request.actor, record.areaCode, await this.staff.find(assignee));
    return this.dispatcher.assign(record.areaCode, { assignee, at: request.now }, (now) =>
      this.ledger.run(commandFor(now), request, record.areaCode),
    );
  }

  /** Refuses with CASE_UNKNOWN what is not there, and what this person may not see. */
  private async visible(caseId: string, actor: Actor): Promise<CaseRecord> {
    const { record } = await this.ledger.load(caseId);
    requireMayRead(actor, record);
    return record;
  }

  /** The case that stays must exist, be within reach of the same person, and still be worked on. */
  private async requireMergeTarget(intoCaseId: string, request: RequestContext): Promise<void> {
    const record = await this.visible(intoCaseId, request.actor).catch((error: unknown) => {
      if (!isDomainError(error)) throw error;
      throw Object.assign(mergeRefused('CASE_UNKNOWN', 'is not a case'), { recordedAs: error.recordedAs, areaCode: error.areaCode });
    });
    actorFor('merge', request.actor, record);
    if (record.state === 'closed' || record.state === 'voided' || record.state === 'merged') {
      throw mergeRefused('CASE_MERGE_TARGET_ENDED', `is a case that is ${record.state}`);
    }
  }
}

function idOf({ system, reference }: OpenCaseBody['source'], idempotencyKey: string | undefined): string {
  if (system !== undefined) return uuidv5(JSON.stringify([system, reference]), SOURCE_NAMESPACE);
  return idempotencyKey === undefined ? uuidv7() : uuidv5(idempotencyKey, REQUEST_NAMESPACE);
}

function mergeRefused(code: string, message: string): DomainError {
  return new DomainError(code, `intoCaseId ${message}`, [{ path: 'intoCaseId', message }]);
}
