import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { applyFromBus, noteNewTables, runProjection, type EventStore, type Projection } from '@brain/event-store';
import type { MessageBus, Subscription } from '@brain/message-bus';
import type { Logger } from 'pino';
import type { AppliedNews } from './applied-news.js';
import { BackgroundTask } from './background-task.js';
import { eventOf } from './commands.js';
import type { Database } from './database.js';
import type { Metrics } from './metrics.js';
import type { Readiness } from './readiness.js';
import { markApplied } from './tracing/mark-applied.js';

const BUS_BATCH = 200;

/** Keeps the service's read tables up to date: own events from the store, those of others from the bus. */
export class ProjectionHost implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly tasks: BackgroundTask[] = [];
  private readonly subscriptions: Subscription[] = [];

  constructor(
    private readonly service: string,
    private readonly projections: readonly Projection[],
    private readonly parts: {
      readonly store: EventStore;
      readonly bus: MessageBus;
      readonly database: Database;
      readonly logger: Logger;
      readonly metrics: Metrics;
      readonly readiness: Readiness;
      readonly news: AppliedNews;
    },
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { database, metrics, readiness, news } = this.parts;
    await noteNewTables(database.pool, database.schema, this.projections);
    const applied = metrics.counter('brain_projection_events_total', 'Events applied to read tables', ['projection']);
    for (const projection of this.projections) {
      const count = (events: number) => {
        applied.inc({ projection: projection.name }, events);
        news.tell(projection.name);
      };
      if (projection.from === 'store') this.follow(projection, count);
      else await this.subscribe(projection, projection.from.topics, count);
    }
    readiness.add('projections', () => {
      const failing = this.tasks.find((task) => task.lastError !== undefined);
      return failing === undefined ? { ready: true } : { ready: false, detail: failing.lastError ?? 'failing' };
    });
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([...this.tasks.map((task) => task.stop()), ...this.subscriptions.map((one) => one.close())]);
  }

  private follow(projection: Projection, count: (events: number) => void): void {
    const { store, database, logger } = this.parts;
    const task = new BackgroundTask(`projection/${projection.name}`, logger, (signal, healthy) =>
      runProjection({
        projection,
        store,
        pool: database.pool,
        schema: database.schema,
        signal,
        onApplied: (events) => {
          healthy();
          markApplied(projection.name, events);
          count(events.length);
        },
      }),
    );
    this.tasks.push(task);
    task.start();
  }

  private async subscribe(projection: Projection, topics: readonly string[], count: (events: number) => void): Promise<void> {
    const { bus, database } = this.parts;
    const wanted = new Set(projection.types);
    this.subscriptions.push(
      await bus.subscribe({
        group: `${this.service}.${projection.name}`,
        topics,
        maxBatch: BUS_BATCH,
        startFrom: 'earliest',
        handler: async (records) => {
          const events = records.map(eventOf).filter((event) => wanted.has(event.type));
          if (events.length === 0) return;
          await applyFromBus({ projection, pool: database.pool, schema: database.schema, events });
          count(events.length);
        },
      }),
    );
  }
}
