import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { PERSONAL_DATA_SCHEMA, PersonalData } from '@brain/event-store';
import { AppliedNews, Clock, Commands, Database, DueTimers, LOGGER, newCorrelationId } from '@brain/service-kit';
import { GRID_CONFIG, type GridConfig } from '../config.js';
import { staffDecider } from '../staff/domain/staff.decider.js';
import { staffStream } from '../staff/domain/staff.stream.js';
import { staffCodec } from '../staff/staff.codec.js';
import { erasureDecider } from './domain/erasure.decider.js';
import { erasureStream } from './domain/erasure.stream.js';
import { erasureListProjection } from './erasure-list.projection.js';
import { erasureCodec } from './erasure.codec.js';
import { PERSON } from './erasure-subject.js';
import { forgottenWearerProjection } from './forgotten-wearer.projection.js';

const PAGE = 100;
const ERASURE = 'erasure';

interface DecidedErasure {
  readonly keyId: string;
  readonly subject: string;
  readonly areaCode: string | null;
  /** Nobody keeps readings of theirs any more. */
  readonly isForgotten: boolean;
}

/**
 * Destroys the keys that were decided to be destroyed, and says so. Every step may be repeated and is, until the last is
 * recorded: a crash in between changes nothing. A key that came back with an old copy of the table is destroyed again.
 */
@Injectable()
export class ErasureExecutor implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly timers: DueTimers<DecidedErasure>;

  constructor(
    private readonly database: Database,
    private readonly personalData: PersonalData,
    private readonly commands: Commands,
    private readonly clock: Clock,
    @Inject(GRID_CONFIG) config: GridConfig,
    @Inject(LOGGER) logger: Logger,
    news: AppliedNews,
  ) {
    this.timers = new DueTimers({
      name: 'erasures',
      logger,
      everyMs: config.GRID_ERASURE_POLL_MS,
      due: () => this.due(),
      fire: (erasure) => this.carryOut(erasure),
      news: (wake) => news.on([erasureListProjection.name, forgottenWearerProjection.name], wake),
    });
  }

  onApplicationBootstrap(): void {
    this.timers.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.timers.stop();
  }

  private due(): Promise<readonly DecidedErasure[]> {
    return this.database.query<DecidedErasure>(
      `SELECT * FROM (
         SELECT key_id AS "keyId", subject, area_code AS "areaCode", carried_out_at, decided_at,
                subject NOT LIKE $2 || '%' OR EXISTS (SELECT FROM forgotten_wearer WHERE $2 || wearer_id = subject) AS "isForgotten"
         FROM erasure_list
       ) AS erasure
       WHERE carried_out_at IS NULL AND "isForgotten" OR "keyId" IN (SELECT key_id FROM ${PERSONAL_DATA_SCHEMA}.person_key)
       ORDER BY decided_at LIMIT $1`,
      [PAGE, PERSON],
    );
  }

  /**
   * The key first: what the others are told to forget must not be readable any more. Carried out is the erasure of a
   * person when their readings are gone, which are no events and have no key.
   */
  private async carryOut({ subject, keyId, areaCode, isForgotten }: DecidedErasure): Promise<void> {
    await this.personalData.keys.destroy(subject, keyId);
    const correlationId = newCorrelationId();
    const now = this.clock.now();
    const where = areaCode === null ? {} : { areaCode };
    const context = { actor: { type: 'system', id: ERASURE }, time: now, correlationId, causationId: correlationId, ...where } as const;
    if (subject.startsWith(PERSON)) {
      const staffId = subject.slice(PERSON.length);
      await this.commands.runFor(staffCodec, staffDecider, staffStream(staffId), { type: 'EraseStaff', staffId, now }, context);
    }
    if (!isForgotten) return;
    await this.commands.runFor(erasureCodec, erasureDecider, erasureStream(subject), { type: 'RecordErasure', subject, now }, context);
  }
}
