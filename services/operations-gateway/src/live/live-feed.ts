import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { TOPICS, type StoredEvent, type TelemetryMessage, type Topic } from '@brain/contracts';
import type { Projection } from '@brain/event-store';
import { MESSAGE_BUS, type DeliveredRecord, type MessageBus, type Subscription, type SubscriptionOptions } from '@brain/message-bus';
import { Clock, eventOf, LOGGER } from '@brain/service-kit';
import { staffNameProjection } from '../read-tables/staff-name.projection.js';
import { ReadingThrottle } from './domain/reading-throttle.js';
import { LastSeen } from './last-seen.js';
import { LiveChanges } from './live-changes.js';
import { alertFeed, caseFeed, deviceFeed, type ViewFeed } from './view-feeds.js';

const BATCH = 200;
const READING_FLUSH_MS = 1_000;
/** They are shown once in that time anyway. */
const READING_LINGER_MS = 250;
/** What waits longer than this in the bus is history, not a live reading. */
const READING_FRESH_MS = 30_000;

/** The bus's side of the screens: takes messages and hands them to the read tables and channels. */
@Injectable()
export class LiveFeed implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly subscriptions: Subscription[] = [];
  private readonly throttle = new ReadingThrottle();
  private flushing: NodeJS.Timeout | undefined;
  private flushedAt = -Infinity;
  private isClosing = false;

  constructor(
    @Inject(MESSAGE_BUS) private readonly bus: MessageBus,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly changes: LiveChanges,
    private readonly lastSeen: LastSeen,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.followEvents(staffNameProjection, (events) => this.changes.applyNames(events));
    await this.followViews(alertFeed);
    await this.followViews(caseFeed);
    await this.followViews(deviceFeed);
    await this.follow('workload-now', TOPICS.workload, (records) => this.changes.workload(records.map(({ value }) => value)));
    await this.follow('readings', TOPICS.readings, (records) => this.takeReadings(records), { startFrom: 'latest', lingerMs: READING_LINGER_MS });
  }

  async onModuleDestroy(): Promise<void> {
    clearTimeout(this.flushing);
    this.isClosing = true;
    await Promise.all(this.subscriptions.map((one) => one.close()));
  }

  private followViews<View>(feed: ViewFeed<View>): Promise<void> {
    return this.followEvents(feed.projection, async (events) => {
      await this.changes.apply(feed, events);
      for (const { type, streamId, metadata } of events) {
        this.logger.debug({ correlationId: metadata.correlationId, type, streamId }, 'told to the screens');
      }
    });
  }

  private async followEvents(projection: Projection, apply: (events: readonly StoredEvent[]) => Promise<void>): Promise<void> {
    if (projection.from === 'store') throw new Error(`${projection.name} does not read the bus`);
    const wanted = new Set(projection.types);
    for (const topic of projection.from.topics) {
      await this.follow(projection.name, topic as Topic, async (records) => {
        const events = records.map(eventOf).filter((event) => wanted.has(event.type));
        if (events.length > 0) await apply(events);
      });
    }
  }

  private async follow(
    name: string,
    topic: Topic,
    handler: (records: readonly DeliveredRecord[]) => Promise<void>,
    options: Pick<SubscriptionOptions, 'startFrom' | 'lingerMs'> = {},
  ): Promise<void> {
    const group = `operations-gateway.${name}`;
    this.subscriptions.push(await this.bus.subscribe({ group, topics: [topic], maxBatch: BATCH, handler, ...options }));
  }

  private takeReadings(records: readonly DeliveredRecord[]): Promise<void> {
    const oldest = this.clock.millis() - READING_FRESH_MS;
    for (const record of records) {
      // Checked by the service that published it; checking thousands a second again would cost more than it finds.
      const { deviceId, areaCode, receivedAt, readings } = record.value as TelemetryMessage;
      this.lastSeen.saw(deviceId, receivedAt);
      if (receivedAt < oldest) continue;
      for (const reading of readings) this.throttle.add({ ...reading, deviceId, areaCode });
    }
    this.flushSoon();
    return Promise.resolve();
  }

  /** Once a second at most, and only when there is something. */
  private flushSoon(): void {
    if (this.isClosing || this.flushing !== undefined) return;
    const dueMs = Math.max(0, this.flushedAt + READING_FLUSH_MS - performance.now());
    this.flushing = setTimeout(() => {
      this.flushing = undefined;
      this.flushedAt = performance.now();
      this.flushReadings();
    }, dueMs);
  }

  private flushReadings(): void {
    const readings = this.throttle.flush();
    if (readings.length === 0) return;
    this.changes.readings(readings).catch((error: unknown) => this.logger.error({ err: error }, 'readings could not be shown'));
  }
}
