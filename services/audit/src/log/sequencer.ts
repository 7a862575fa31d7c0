import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { EventStore } from '@brain/event-store';
import { BackgroundTask, Database, LOGGER, Metrics, Readiness, SEALED_EVENT_STORE, underLease } from '@brain/service-kit';
import type { Logger } from 'pino';
import { LogFolder } from './log-folder.js';
import { LogLedger } from './log-ledger.js';
import { LOG_SETTINGS, type LogSettings } from './log-settings.js';
import { sequenceEvents } from './sequence-events.js';

/** Keeps the log growing for as long as the service lives; one process at a time. */
@Injectable()
export class Sequencer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task: BackgroundTask;

  constructor(
    @Inject(SEALED_EVENT_STORE) store: EventStore,
    @Inject(LOG_SETTINGS) settings: LogSettings,
    @Inject(LOGGER) logger: Logger,
    folder: LogFolder,
    ledger: LogLedger,
    database: Database,
    metrics: Metrics,
    readiness: Readiness,
  ) {
    const entries = metrics.gauge('brain_log_entries', 'Events in the verifiable log');
    this.task = new BackgroundTask('log', logger, (stopping, healthy) =>
      underLease(database, 'log', stopping, (signal) =>
        sequenceEvents({
          ...{ store, folder, ledger, settings, signal },
          onPublished: ({ size }) => {
            healthy();
            entries.set(size);
          },
        }),
      ),
    );
    // The product goes on while its log does not grow; whoever looks sees it.
    readiness.add('log', () => ({ ready: true, ...(this.task.lastError === undefined ? {} : { detail: this.task.lastError }) }));
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.task.stop();
  }
}
