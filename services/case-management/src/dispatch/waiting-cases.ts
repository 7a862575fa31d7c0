import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock, Database, DueTimers, LOGGER, newCorrelationId } from '@brain/service-kit';
import type { CaseRecord } from '../cases/domain/case.record.js';
import { DISPATCH_RULE } from '../cases/domain/case.evolve.js';
import { CASES_CONFIG, type CasesConfig } from '../config.js';
import { areaAndAbove } from '../staff/staff.query.js';
import { RuleDispatch } from './rule-dispatch.js';

const PAGE = 200;

interface WaitingCase {
  readonly record: CaseRecord;
}

/** Cases the rule accepted while nobody responsible was on duty, oldest first. */
@Injectable()
export class WaitingCases implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly timers: DueTimers<WaitingCase>;

  constructor(
    private readonly database: Database,
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
      fire: (waiting) => this.dispatch(waiting, newCorrelationId()),
    });
  }

  onApplicationBootstrap(): void {
    this.timers.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.timers.stop();
  }

  /** Somebody came on duty, caused by this event. */
  async tryAll(cause: { readonly correlationId: string; readonly causationId: string }): Promise<void> {
    for (const waiting of await this.withSomebodyOnDuty()) {
      await this.dispatch(waiting, cause.correlationId, cause.causationId);
    }
  }

  private async dispatch({ record }: WaitingCase, correlationId: string, causationId = correlationId): Promise<void> {
    await this.rule.dispatch(record, {
      actor: { type: 'system', id: DISPATCH_RULE },
      time: this.clock.now(),
      correlationId,
      causationId,
      areaCode: record.areaCode,
    });
  }

  private async withSomebodyOnDuty(): Promise<readonly WaitingCase[]> {
    const waiting = await this.database.query<{ record: CaseRecord }>(
      'SELECT record FROM case_list WHERE awaits_rule ORDER BY opened_at, case_id LIMIT $1',
      [PAGE],
    );
    if (waiting.length === 0) return [];
    const covered = await this.database.query<{ code: string }>(
      `SELECT DISTINCT unnest(area_codes) AS code FROM staff WHERE availability = 'on-duty' AND 'grid-worker' = ANY (roles)`,
    );
    const codes = new Set(covered.map(({ code }) => code));
    return waiting.filter(({ record }) => areaAndAbove(record.areaCode).some((code) => codes.has(code)));
  }
}
