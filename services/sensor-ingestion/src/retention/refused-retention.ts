import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { retentionRaisedV1, type RetentionDays } from '@brain/contracts';
import { createEventCodec, EVENT_STORE, loadState, type EventStore } from '@brain/event-store';
import { aborted, BackgroundTask, Clock, Commands, Database, LOGGER, newCorrelationId, underLease } from '@brain/service-kit';
import type { Logger } from 'pino';
import { INGESTION_SETTINGS, type IngestionSettings } from '../config.js';
import { RefusedMessages } from '../refused/refused-messages.query.js';
import { retentionDecider } from './domain/retention.decider.js';
import { REFUSED_MESSAGES_RETENTION } from './domain/retention.stream.js';

const codec = createEventCodec([retentionRaisedV1]);
const LOOK_MS = 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
const MOST_AT_ONCE = 5_000;

/**
 * Deletes refused messages that are older than they have to be kept. How long that is was decided in the record: a
 * setting that says less stops the start, and one that is gone changes nothing. Undecided: all are kept.
 */
@Injectable()
export class RefusedRetention implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly task: BackgroundTask;

  constructor(
    @Inject(INGESTION_SETTINGS) private readonly settings: IngestionSettings,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly commands: Commands,
    private readonly messages: RefusedMessages,
    private readonly clock: Clock,
    database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.task = new BackgroundTask('refused-retention', logger, (signal) =>
      underLease(database, 'refused-retention', signal, async (held) => {
        while (!held.aborted) {
          await this.deleteOld(held);
          await aborted(held, LOOK_MS);
        }
      }),
    );
  }

  /** @throws DomainError RETENTION_LOWERED */
  async onModuleInit(): Promise<void> {
    const { INGESTION_KEEP_REFUSED_DAYS: days } = this.settings;
    if (days === undefined) return;
    const correlationId = newCorrelationId();
    const context = { actor: { type: 'system', id: 'configuration' }, time: this.clock.now(), correlationId, causationId: correlationId } as const;
    await this.commands.runFor(codec, retentionDecider, REFUSED_MESSAGES_RETENTION, { type: 'KeepFor', days }, context);
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  private async deleteOld(signal: AbortSignal): Promise<void> {
    // Asked each time: another process may have been started with more.
    const days = await this.decided();
    if (days === 'forever') return;
    const before = new Date(this.clock.millis() - days * DAY_MS).toISOString();
    let deleted = 0;
    for (let some = MOST_AT_ONCE; some === MOST_AT_ONCE && !signal.aborted; deleted += some) some = await this.messages.deleteBefore(before, MOST_AT_ONCE);
    if (deleted > 0) this.logger.info({ deleted, before }, 'refused messages were kept long enough');
  }

  private async decided(): Promise<RetentionDays> {
    const { state } = await loadState(this.store, codec, retentionDecider, REFUSED_MESSAGES_RETENTION);
    return state.status === 'undecided' ? 'forever' : state.days;
  }
}
