import { Injectable } from '@nestjs/common';
import type { Snapshot } from '@brain/contracts';
import { InFlight, Metrics } from '@brain/service-kit';
import type { Channel } from './domain/channel.js';
import { LastSeen } from './last-seen.js';
import { LiveTables, type TablesOfMoment } from './live-tables.js';

/** Readings of the tables at once, over all screens: what happens meanwhile finds connections to the database, too. */
const AT_ONCE = 2;

/** One thing after another, as `Turns`. */
type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Reads what a channel shows. Where the reading begins is fixed in a turn: by then what was told is in the tables, and
 * what is in the tables was told. The reading itself goes on beside the turns, of that moment, however long it takes: so
 * all that was told since follows it, and nothing of it is told twice.
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
  of(channel: Channel, inTurn: InTurn): Promise<Snapshot> {
    const shared = this.underWay.get(channel);
    if (shared !== undefined) return shared;
    const reading = this.fresh(channel, inTurn).finally(() => this.underWay.delete(channel));
    this.underWay.set(channel, reading);
    return reading;
  }

  fresh(channel: Channel, inTurn: InTurn): Promise<Snapshot> {
    return this.slots.run(async () => {
      const { seq, moment } = await inTurn(async () => ({ seq: channel.seq, moment: await this.tables.ofThisMoment() }));
      try {
        return await this.read(channel, seq, moment);
      } finally {
        await moment.end();
      }
    });
  }

  /** For who holds the turn: it must not wait for readings that wait for a turn. */
  async withinTurn(channel: Channel): Promise<Snapshot> {
    const moment = await this.tables.ofThisMoment();
    try {
      return await this.read(channel, channel.seq, moment);
    } finally {
      await moment.end();
    }
  }

  private async read({ subscription }: Channel, seq: number, moment: TablesOfMoment): Promise<Snapshot> {
    this.made.inc();
    const snapshot = await moment.read(subscription);
    return { seq, ...snapshot, devices: snapshot.devices.map((view) => this.lastSeen.complete(view)) };
  }
}
