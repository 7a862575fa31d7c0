import { Injectable } from '@nestjs/common';
import { staffErasedV1, staffWorkload, type DeviceReading, type Snapshot, type SocketTopic, type StaffWorkload, type StoredEvent } from '@brain/contracts';
import { applyFromBus, wireNameOf, type Projection } from '@brain/event-store';
import { Database, inSpan } from '@brain/service-kit';
import { clientEventName } from '../read-tables/domain/client-event-name.js';
import { staffNameProjection } from '../read-tables/staff-name.projection.js';
import { idIn } from '../read-tables/view-table.js';
import { Channels } from './channels.js';
import type { Channel } from './domain/channel.js';
import type { Subscription } from './domain/subscription.js';
import { LastSeen } from './last-seen.js';
import { LiveTables } from './live-tables.js';
import { Turns } from './turns.js';
import { caseFeed, type ViewFeed } from './view-feeds.js';

const STAFF_ERASED = wireNameOf(staffErasedV1);
const ASSIGNEE_ERASED = 'case.assignee-erased.v1';

/**
 * Writes the read tables and tells the channels, one turn at a time, so that a snapshot never misses a change nor
 * has it twice: what a snapshot shows is exactly what the channel had told when it was taken (G4).
 */
@Injectable()
export class LiveChanges {
  private readonly turns = new Turns();

  constructor(
    private readonly database: Database,
    private readonly tables: LiveTables,
    private readonly lastSeen: LastSeen,
    private readonly channels: Channels,
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
        if (earlier !== undefined) await this.moved(feed.topic, [feed.areaOf(earlier)], [feed.areaOf(view)]);
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

  /** Runs `enter` when the channel stands still, with a way to take its snapshot. */
  join<T>(
    subscription: Subscription,
    enter: (channel: Channel, snapshot: () => Promise<Snapshot>) => Promise<T>,
  ): Promise<T> {
    return this.turns.run(async () => {
      const channel = await this.channels.join(subscription);
      try {
        return await enter(channel, () => this.snapshotOf(channel));
      } catch (error) {
        this.channels.leave(channel);
        throw error;
      }
    });
  }

  private async moved(topic: SocketTopic, from: readonly string[], to: readonly string[]): Promise<void> {
    for (const channel of this.channels.leftBehind(topic, from, to)) {
      this.channels.show(channel, await this.snapshotOf(channel));
    }
  }

  private async snapshotOf(channel: Channel): Promise<Snapshot> {
    const snapshot = await this.tables.snapshot(channel.subscription);
    return { seq: channel.seq, ...snapshot, devices: snapshot.devices.map((view) => this.lastSeen.complete(view)) };
  }

  private async workloadOf(view: StaffWorkload): Promise<void> {
    const [before] = await this.tables.workloadsById([view.staffId]);
    const written = await this.tables.saveWorkload(view);
    if (!written) return;
    this.channels.publish({ topic: 'workload', type: 'workload.changed.v1', data: view }, view.areaCodes);
    if (before !== undefined) await this.moved('workload', before.areaCodes, view.areaCodes);
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
