import type { Change, Snapshot, SocketTopic } from '@brain/contracts';
import { Channel, type NewChange } from './domain/channel.js';
import { follows, type Subscription } from './domain/subscription.js';

export interface ChannelsOptions {
  /** Changes a channel keeps for those who come back. */
  readonly capacity: number;
  /** How long a channel without clients goes on. */
  readonly idleMs: number;
  readonly now: () => number;
  readonly nextBlock: () => Promise<number>;
}

/** Who hears the channels; the sockets. */
export interface Audience {
  hear(channel: Channel, change: Change): void;
  /** Whoever is in the channel starts over from this. */
  show(channel: Channel, snapshot: Snapshot): void;
  /** The channel ends: whoever is in it must connect again. */
  leave(channel: Channel): void;
}

const NOBODY: Audience = { hear: () => undefined, show: () => undefined, leave: () => undefined };

interface Entry {
  readonly channel: Channel;
  clients: number;
  idleSince: number;
  /** Its clients wait for a snapshot to start over from; what is told meanwhile is kept for them. */
  isHeld: boolean;
}

/** Channels without clients that are kept, so that nobody makes them without end. */
const MOST_IDLE = 200;

/** All channels of this process. A channel goes on for a while without clients, so that they find what they missed. */
export class Channels {
  private readonly entries = new Map<string, Entry>();
  private readonly opening = new Map<string, Promise<Entry>>();

  private audience: Audience = NOBODY;

  constructor(private readonly options: ChannelsOptions) {}

  /** Set once, by whoever owns the sockets. */
  heardBy(audience: Audience): void {
    this.audience = audience;
  }

  get size(): number {
    return this.entries.size;
  }

  async join(subscription: Subscription): Promise<Channel> {
    const entry = this.entries.get(subscription.key) ?? (await this.opened(subscription));
    entry.clients += 1;
    return entry.channel;
  }

  leave(channel: Channel): void {
    const entry = this.entries.get(channel.subscription.key);
    if (entry?.channel !== channel) return;
    entry.clients -= 1;
    if (entry.clients > 0) return;
    entry.idleSince = this.options.now();
    this.dropOldestIdle();
  }

  publish(change: NewChange, areaCodes: readonly string[]): void {
    for (const { channel, isHeld } of this.entries.values()) {
      const { subscription } = channel;
      if (!subscription.topics.includes(change.topic) || !follows(subscription, areaCodes)) continue;
      const numbered = channel.append(change);
      if (!isHeld) this.audience.hear(channel, numbered);
      if (channel.isExhausted) this.end(channel);
    }
  }

  /**
   * A thing moved: whoever followed where it was and does not follow where it is must start over, for no change
   * can tell them that it is gone. Nobody can resume across this. Gives the channels that are to be shown afresh and are
   * not about to be: they are held until then.
   */
  leftBehind(topic: SocketTopic, from: readonly string[], to: readonly string[]): readonly Channel[] {
    const left = [...this.entries.values()].filter(
      ({ channel: { subscription } }) => subscription.topics.includes(topic) && follows(subscription, from) && !follows(subscription, to),
    );
    for (const { channel } of left) channel.forget();
    const toShow = left.filter(({ clients, isHeld }) => clients > 0 && !isHeld);
    for (const entry of toShow) entry.isHeld = true;
    return toShow.map(({ channel }) => channel);
  }

  /** Whoever is in the channel starts over from the snapshot and hears what was told since. False: that cannot be said any more. */
  showAfresh(channel: Channel, snapshot: Snapshot): boolean {
    const missed = channel.since(snapshot.seq);
    if (missed === undefined) return false;
    this.audience.show(channel, snapshot);
    for (const change of missed) this.audience.hear(channel, change);
    const entry = this.entries.get(channel.subscription.key);
    if (entry?.channel === channel) entry.isHeld = false;
    return true;
  }

  removeIdle(): void {
    const { now, idleMs } = this.options;
    for (const { channel, clients, idleSince } of this.entries.values()) {
      if (clients === 0 && now() - idleSince >= idleMs) this.entries.delete(channel.subscription.key);
    }
  }

  /** Whoever wants the same at once gets the same. */
  private opened(subscription: Subscription): Promise<Entry> {
    const { key } = subscription;
    const under = this.opening.get(key);
    if (under !== undefined) return under;
    const opening = this.open(subscription).finally(() => this.opening.delete(key));
    this.opening.set(key, opening);
    return opening;
  }

  private dropOldestIdle(): void {
    const idle = [...this.entries.values()].filter(({ clients }) => clients === 0);
    if (idle.length <= MOST_IDLE) return;
    const oldest = idle.reduce((one, other) => (other.idleSince < one.idleSince ? other : one));
    this.entries.delete(oldest.channel.subscription.key);
  }

  private async open(subscription: Subscription): Promise<Entry> {
    const { capacity, nextBlock, now } = this.options;
    const entry = { channel: new Channel(subscription, await nextBlock(), capacity), clients: 0, idleSince: now(), isHeld: false };
    this.entries.set(subscription.key, entry);
    return entry;
  }

  /** Whoever is in it must connect again. */
  end(channel: Channel): void {
    if (this.entries.get(channel.subscription.key)?.channel === channel) this.entries.delete(channel.subscription.key);
    this.audience.leave(channel);
  }
}
