import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { staffErasedV1, staffWorkload, type Change, type DeviceReading, type Snapshot, type SocketTopic, type StaffWorkload, type StoredEvent } from '@brain/contracts';
import { applyFromBus, wireNameOf, type Projection } from '@brain/event-store';
import { Database, inSpan, LOGGER } from '@brain/service-kit';
import { clientEventName } from '../read-tables/domain/client-event-name.js';
import { staffNameProjection } from '../read-tables/staff-name.projection.js';
import { idIn } from '../read-tables/view-table.js';
import { Channels } from './channels.js';
import type { Channel } from './domain/channel.js';
import type { Subscription } from './domain/subscription.js';
import { LiveTables } from './live-tables.js';
import { Snapshots } from './snapshots.js';
import { Turns } from './turns.js';
import { caseFeed, type ViewFeed } from './view-feeds.js';

const STAFF_ERASED = wireNameOf(staffErasedV1);
const ASSIGNEE_ERASED = 'case.assignee-erased.v1';

/** Readings of a snapshot that more was told since than is kept, or that something moved away from, before one waits for quiet. */
const ATTEMPTS = 3;

/** What somebody who comes is shown: a snapshot unless they resume, and what was told after it or after they left. */
export interface Shown {
  readonly snapshot: Snapshot | undefined;
  readonly missed: readonly Change[];
}

/**
 * Writes the read tables and tells the channels, one turn at a time: what was told is in the tables before, and in
 * the order of the tables.
 */
@Injectable()
export class LiveChanges {
  private readonly turns = new Turns();
  private readonly inTurn = <T>(work: () => Promise<T>): Promise<T> => this.turns.run(work);

  constructor(
    private readonly database: Database,
    private readonly tables: LiveTables,
    private readonly snapshots: Snapshots,
    private readonly channels: Channels,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Repeats are left out of the table; telling the channels again is harmless, a change carries the whole view. */
  apply<View>(feed: ViewFeed<View>, events: readonly StoredEvent[]): Promise<void> {
    return this.turns.run(async () => {
      const ids = [...new Set(events.map((event) => idIn(event, feed.idField)))];
      const before = await this.byId(feed, ids);
      await this.write(feed.projection, events);
      const after = await this.byId(feed, ids);

      for (const event of newestOfEachKind(events, feed.idField)) {
        const view = after.get(idIn(event, feed.idField));
        if (view !== undefined) await this.tell(feed, event, view);
      }
      for (const [id, view] of after) {
        const earlier = before.get(id);
        if (earlier !== undefined) this.moved(feed.topic, [feed.areaOf(earlier)], [feed.areaOf(view)]);
      }
    });
  }

  private tell<View>(feed: ViewFeed<View>, { type, metadata }: StoredEvent, view: View): Promise<void> {
    return inSpan(`send ${feed.topic} to screens`, { kind: 'producer', traceparent: metadata.traceparent }, () => {
      this.channels.publish(feed.toChange(clientEventName(type), view), [feed.areaOf(view)]);
      return Promise.resolve();
    });
  }

  /** Names only show where another thing names the person; they are not told by themselves, but for one that is gone. */
  applyNames(events: readonly StoredEvent[]): Promise<void> {
    return this.turns.run(async () => {
      await this.write(staffNameProjection, events);
      const erased = events.filter(({ type }) => type === STAFF_ERASED);
      if (erased.length === 0) return;
      const cases = await this.tables.openCasesOf(erased.map((event) => idIn(event, 'staffId')));
      for (const view of cases) this.channels.publish(caseFeed.toChange(ASSIGNEE_ERASED, view), [view.areaCode]);
    });
  }

  workload(values: readonly unknown[]): Promise<void> {
    return this.turns.run(async () => {
      for (const value of values) await this.workloadOf(staffWorkload.parse(value));
    });
  }

  readings(readings: readonly DeviceReading[]): Promise<void> {
    return this.turns.run(() => {
      for (const data of readings) {
        this.channels.publish({ topic: 'reading', type: 'reading.received.v1', data }, [data.areaCode]);
      }
      return Promise.resolve();
    });
  }

  /**
   * Lets somebody into the channel of what they follow. A turn is needed only to find out what they missed, or to fix the
   * moment of their snapshot; it is read beside the turns, so what is asked for never holds up what happens. What was
   * told since follows it: nothing is missed and nothing told twice (G4).
   * @param enter called once, in one go with finding out what is to be shown; false: they are gone
   */
  async join(subscription: Subscription, lastSeq: number | undefined, enter: (channel: Channel, shown: Shown) => boolean): Promise<void> {
    const channel = await this.channels.join(subscription);
    try {
      if (!(await this.enterWith(channel, lastSeq, enter))) this.channels.leave(channel);
    } catch (error) {
      this.channels.leave(channel);
      throw error;
    }
  }

  private async enterWith(channel: Channel, lastSeq: number | undefined, enter: (channel: Channel, shown: Shown) => boolean): Promise<boolean> {
    const resumed = await this.turns.run(() => Promise.resolve(this.resume(channel, lastSeq, enter)));
    if (resumed !== undefined) return resumed;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const snapshot = await this.snapshots.of(channel, this.inTurn);
      const missed = channel.since(snapshot.seq);
      if (missed !== undefined) return enter(channel, { snapshot, missed });
    }
    // More is told, or moves, than a reading can keep up with: once, it waits.
    return this.turns.run(async () => enter(channel, { snapshot: await this.snapshots.withinTurn(channel), missed: [] }));
  }

  /** undefined: that number is not of this channel, or too long ago. */
  private resume(channel: Channel, lastSeq: number | undefined, enter: (channel: Channel, shown: Shown) => boolean): boolean | undefined {
    const missed = lastSeq === undefined ? undefined : channel.since(lastSeq);
    return missed === undefined ? undefined : enter(channel, { snapshot: undefined, missed });
  }

  private moved(topic: SocketTopic, from: readonly string[], to: readonly string[]): void {
    for (const channel of this.channels.leftBehind(topic, from, to)) {
      this.showAfresh(channel).catch((error: unknown) => {
        this.logger.error({ err: error }, 'screens could not be shown what is left: they have to connect again');
        this.channels.end(channel);
      });
    }
  }

  private async showAfresh(channel: Channel): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (this.channels.showAfresh(channel, await this.snapshots.fresh(channel, this.inTurn))) return;
    }
    await this.turns.run(async () => this.channels.showAfresh(channel, await this.snapshots.withinTurn(channel)));
  }

  private async workloadOf(view: StaffWorkload): Promise<void> {
    const [before] = await this.tables.workloadsById([view.staffId]);
    const written = await this.tables.saveWorkload(view);
    if (!written) return;
    this.channels.publish({ topic: 'workload', type: 'workload.changed.v1', data: view }, view.areaCodes);
    if (before !== undefined) this.moved('workload', before.areaCodes, view.areaCodes);
  }

  private async write(projection: Projection, events: readonly StoredEvent[]): Promise<void> {
    await applyFromBus({ projection, pool: this.database.pool, schema: this.database.schema, events });
  }

  private async byId<View>(feed: ViewFeed<View>, ids: readonly string[]): Promise<ReadonlyMap<string, View>> {
    const views = await feed.load(this.tables, ids);
    return new Map(views.map((view) => [feed.idOf(view), view]));
  }
}

/** Of several events of one kind about one thing only the last is told: they would all carry the same view. */
function newestOfEachKind(events: readonly StoredEvent[], idField: string): readonly StoredEvent[] {
  const newest = new Map(events.map((event) => [`${idIn(event, idField)} ${event.type}`, event]));
  return events.filter((event) => newest.get(`${idIn(event, idField)} ${event.type}`) === event);
}
