import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { masterKeyChangedV1 } from '@brain/contracts';
import { createEventCodec, PERSONAL_DATA_SCHEMA } from '@brain/event-store';
import { aborted, BackgroundTask, Clock, Commands, Database, LOGGER, newCorrelationId } from '@brain/service-kit';
import { GRID_CONFIG, type GridConfig } from '../config.js';
import { masterKeyDecider } from './domain/master-key.decider.js';

const codec = createEventCodec([masterKeyChangedV1]);

/**
 * A master key is changed beside the services, by whoever owns the database: this looks which one counts, and puts it on
 * the record. Two processes that see it at once record it once.
 */
@Injectable()
export class MasterKeyRecord implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task: BackgroundTask;

  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly clock: Clock,
    @Inject(GRID_CONFIG) config: GridConfig,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.task = new BackgroundTask('master-key-record', logger, async (signal) => {
      while (!signal.aborted) {
        await this.look();
        await aborted(signal, config.GRID_MASTER_KEY_LOOK_MS);
      }
    });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  private async look(): Promise<void> {
    const [row] = await this.database.query<{ key_id: string; since: Date }>(`SELECT key_id, since FROM ${PERSONAL_DATA_SCHEMA}.master_key ORDER BY since DESC LIMIT 1`);
    if (row === undefined) return;
    const correlationId = newCorrelationId();
    const context = { actor: { type: 'system', id: 'master-key-record' }, time: this.clock.now(), correlationId, causationId: correlationId } as const;
    await this.commands.runFor(codec, masterKeyDecider, 'master-key', { type: 'NoteMasterKey', masterKeyId: row.key_id, since: row.since.toISOString() }, context);
  }
}
