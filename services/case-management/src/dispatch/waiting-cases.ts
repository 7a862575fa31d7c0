import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { caseAcceptedV1, ERASED } from '@brain/contracts';
import { wireNameOf, type CommandContext } from '@brain/event-store';
import { Clock, Database, DueTimers, LOGGER, timedBy } from '@brain/service-kit';
import { CaseLedger } from '../cases/case-ledger.js';
import type { CaseRecord } from '../cases/domain/case.record.js';
import { DISPATCH_RULE } from '../cases/domain/case.evolve.js';
import { CASES_CONFIG, type CasesConfig } from '../config.js';
import { areaAndAbove } from '../staff/staff.query.js';
import { RuleDispatch } from './rule-dispatch.js';

const PAGE = 200;

interface WaitingCase {
  readonly record: CaseRecord;
}

type Cause = Pick<CommandContext, 'correlationId' | 'causationId'>;

/** Cases the rule accepted while nobody responsible was on duty, and those whose assignee was erased, oldest first. */
@Injectable()
export class WaitingCases implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly timers: DueTimers<WaitingCase>;

  constructor(
    private readonly database: Database,
    private readonly ledger: CaseLedger,
    private readonly rule: RuleDispatch,
    private readonly clock: Clock,
    @Inject(CASES_CONFIG) config: CasesConfig,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.timers = new DueTimers({
      name: 'waiting-cases',
      logger,
      everyMs: config.CASES_WAITING_POLL_MS,
      due: () => this.withSomebodyOnDuty(),
      fire: async (waiting) => this.dispatch(waiting, await this.causeOfWaiting(waiting)),
    });
  }

  onApplicationBootstrap(): void {
    this.timers.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.timers.stop();
  }

  /** Somebody came on duty, caused by this event. */
  async tryAll(cause: Cause): Promise<void> {
    for (const waiting of await this.withSomebodyOnDuty()) {
      await this.dispatch(waiting, cause);
    }
  }

  private async dispatch({ record }: WaitingCase, { correlationId, causationId }: Cause): Promise<void> {
    const context = {
      actor: { type: 'system' as const, id: DISPATCH_RULE },
      time: this.clock.now(),
      correlationId,
      causationId,
      areaCode: record.areaCode,
    };
    await (record.assignee === null ? this.rule.dispatch(record, context) : this.rule.reassign(record, context));
  }

  /** Found at a later look, not by somebody's coming: what follows is still the rule's acceptance. */
  private async causeOfWaiting({ record }: WaitingCase): Promise<Cause> {
    const { events } = await this.ledger.load(record.caseId);
    const accepted = events.findLast(({ type }) => type === wireNameOf(caseAcceptedV1));
    if (accepted === undefined) throw new Error('A case waits that was never accepted');
    return timedBy(accepted, this.clock, DISPATCH_RULE);
  }

  private async withSomebodyOnDuty(): Promise<readonly WaitingCase[]> {
    const waiting = await this.database.query<{ record: CaseRecord }>(
      `SELECT record FROM case_list
       WHERE awaits_rule OR (state IN ('dispatched', 'in-progress') AND assignee IN (SELECT staff_id FROM staff WHERE name = $2))
       ORDER BY opened_at, case_id LIMIT $1`,
      [PAGE, ERASED],
    );
    if (waiting.length === 0) return [];
    const covered = await this.database.query<{ code: string }>(
      `SELECT DISTINCT unnest(area_codes) AS code FROM staff WHERE availability = 'on-duty' AND 'grid-worker' = ANY (roles)`,
    );
    const codes = new Set(covered.map(({ code }) => code));
    return waiting.filter(({ record }) => areaAndAbove(record.areaCode).some((code) => codes.has(code)));
  }
}
