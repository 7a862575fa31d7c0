import { Injectable } from '@nestjs/common';
import type { Snapshot } from '@brain/contracts';
import { InFlight, Metrics } from '@brain/service-kit';
import type { Channel } from './domain/channel.js';
import { LastSeen } from './last-seen.js';
import { LiveTables } from './live-tables.js';

/** Readings of the tables at once, over all screens: what happens meanwhile finds connections to the database, too. */
const AT_ONCE = 2;

/**
 * Reads what a channel shows, beside the turns. The number of a snapshot is that of the channel when the reading began:
 * what was told by then is in it, and all that was told since must follow it.
 */
@Injectable()
export class Snapshots {
  private readonly slots = new InFlight(AT_ONCE);
  private readonly underWay = new Map<Channel, Promise<Snapshot>>();
  private readonly made;

  constructor(
    private readonly tables: LiveTables,
    private readonly lastSeen: LastSeen,
    metrics: Metrics,
  ) {
    this.made = metrics.counter('brain_socket_snapshots_total', 'Snapshots read for the screens');
  }

  /** Whoever wants the same while it is being read shares the reading. */
  of(channel: Channel): Promise<Snapshot> {
    const shared = this.underWay.get(channel);
    if (shared !== undefined) return shared;
    const reading = this.fresh(channel).finally(() => this.underWay.delete(channel));
    this.underWay.set(channel, reading);
    return reading;
  }

  fresh(channel: Channel): Promise<Snapshot> {
    return this.slots.run(async () => {
      const { seq, subscription } = channel;
      this.made.inc();
      const snapshot = await this.tables.snapshot(subscription);
      return { seq, ...snapshot, devices: snapshot.devices.map((view) => this.lastSeen.complete(view)) };
    });
  }
}
