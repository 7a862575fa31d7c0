import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { caseBecameOverdueV1, type StoredEvent } from '@brain/contracts';
import { wireNameOf } from '@brain/event-store';
import { AppliedNews, Clock, Database, DueTimers, LOGGER, timedBy } from '@brain/service-kit';
import { CASES_CONFIG, type CasesConfig } from '../config.js';
import { caseListProjection } from './case-list.projection.js';
import { CaseLedger } from './case-ledger.js';
import type { CaseRecord } from './domain/case.record.js';

const PAGE = 200;
const DEADLINE_CLOCK = 'deadline-clock';

/** Records once per due time that it passed while the clock ran. The decision makes a second firing silent. */
@Injectable()
export class OverdueTimers implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly timers: DueTimers<CaseRecord>;

  constructor(
    private readonly database: Database,
    private readonly ledger: CaseLedger,
    private readonly clock: Clock,
    @Inject(CASES_CONFIG) config: CasesConfig,
    @Inject(LOGGER) logger: Logger,
    news: AppliedNews,
  ) {
    this.timers = new DueTimers({
      name: 'case-overdue',
      logger,
      everyMs: config.CASES_OVERDUE_POLL_MS,
      due: () => this.due(),
      fire: (record) => this.markOverdue(record),
      untilNext: () => this.untilNext(),
      news: (wake) => news.on([caseListProjection.name], wake),
    });
  }

  onApplicationBootstrap(): void {
    this.timers.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.timers.stop();
  }

  private async due(): Promise<readonly CaseRecord[]> {
    const rows = await this.database.query<{ record: CaseRecord }>(
      `SELECT record FROM case_list
       WHERE clock_stopped_at IS NULL AND due_at < $1 AND overdue_recorded_for IS DISTINCT FROM due_at
       ORDER BY due_at LIMIT $2`,
      [this.clock.now(), PAGE],
    );
    return rows.map(({ record }) => record);
  }

  private async untilNext(): Promise<number> {
    const [row] = await this.database.query<{ at: Date | null }>(
      `SELECT min(due_at) AS at FROM case_list
       WHERE clock_stopped_at IS NULL AND due_at >= $1 AND overdue_recorded_for IS DISTINCT FROM due_at`,
      [this.clock.now()],
    );
    return (row?.at?.getTime() ?? Infinity) - this.clock.millis();
  }

  private async markOverdue({ caseId, dueAt, areaCode }: CaseRecord): Promise<void> {
    const { events } = await this.ledger.load(caseId);
    const setter = events.findLast((event) => setsDueTime(event, dueAt));
    if (setter === undefined) throw new Error(`No event of the case set the due time ${dueAt}`);
    const cause = { ...timedBy(setter, this.clock, DEADLINE_CLOCK), areaCode };
    await this.ledger.runFor({ type: 'MarkOverdue', caseId, dueAt, now: cause.time }, cause);
  }
}

function setsDueTime({ type, data }: StoredEvent, dueAt: string): boolean {
  return data['dueAt'] === dueAt && type !== wireNameOf(caseBecameOverdueV1);
}
