import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { EventStore } from '@brain/event-store';
import type { MessageBus } from '@brain/message-bus';
import type { Logger } from 'pino';
import { BackgroundTask } from './background-task.js';
import type { Database } from './database.js';
import { relayEvents } from './event-relay.js';
import type { Metrics } from './metrics.js';
import type { Readiness } from './readiness.js';

/** Runs the service's relay for as long as the service lives. */
export class RelayHost implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task: BackgroundTask | undefined;

  constructor(
    service: string,
    topic: string | undefined,
    parts: {
      readonly store: EventStore;
      readonly bus: MessageBus;
      readonly database: Database;
      readonly logger: Logger;
      readonly metrics: Metrics;
      readonly readiness: Readiness;
    },
  ) {
    if (topic === undefined) return;
    const { store, bus, database, logger, metrics, readiness } = parts;
    const published = metrics.counter('brain_relay_events_total', 'Own events published to the bus');
    const task = new BackgroundTask(`relay/${topic}`, logger, (signal, healthy) =>
      relayEvents({
        store,
        bus,
        database,
        service,
        topic,
        signal,
        onPublished: (count) => {
          healthy();
          published.inc(count);
        },
      }),
    );
    this.task = task;
    readiness.add('relay', () => (task.lastError === undefined ? { ready: true } : { ready: false, detail: task.lastError }));
  }

  onApplicationBootstrap(): void {
    this.task?.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.task?.stop();
  }
}
