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
}

/** All channels of this process. A channel goes on for a while without clients, so that they find what they missed. */
export class Channels {
  private readonly entries = new Map<string, Entry>();

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
    const entry = this.entries.get(subscription.key) ?? (await this.open(subscription));
    entry.clients += 1;
    return entry.channel;
  }

  leave(channel: Channel): void {
    const entry = this.entries.get(channel.subscription.key);
    if (entry?.channel !== channel) return;
    entry.clients -= 1;
    if (entry.clients === 0) entry.idleSince = this.options.now();
  }

  publish(change: NewChange, areaCodes: readonly string[]): void {
    for (const { channel } of this.entries.values()) {
      const { subscription } = channel;
      if (!subscription.topics.includes(change.topic) || !follows(subscription, areaCodes)) continue;
      this.audience.hear(channel, channel.append(change));
      if (channel.isExhausted) this.end(channel);
    }
  }

  /**
   * A thing moved: whoever followed where it was and does not follow where it is must start over, for no change
   * can tell them that it is gone. Gives those channels; nobody can resume across this.
   */
  leftBehind(topic: SocketTopic, from: readonly string[], to: readonly string[]): readonly Channel[] {
    const channels = [...this.entries.values()].map(({ channel }) => channel);
    const left = channels.filter(
      ({ subscription }) => subscription.topics.includes(topic) && follows(subscription, from) && !follows(subscription, to),
    );
    for (const channel of left) channel.forget();
    return left;
  }

  show(channel: Channel, snapshot: Snapshot): void {
    this.audience.show(channel, snapshot);
  }

  removeIdle(): void {
    const { now, idleMs } = this.options;
    for (const { channel, clients, idleSince } of this.entries.values()) {
      if (clients === 0 && now() - idleSince >= idleMs) this.entries.delete(channel.subscription.key);
    }
  }

  private async open(subscription: Subscription): Promise<Entry> {
    const { capacity, nextBlock, now } = this.options;
    const entry = { channel: new Channel(subscription, await nextBlock(), capacity), clients: 0, idleSince: now() };
    this.entries.set(subscription.key, entry);
    return entry;
  }

  private end(channel: Channel): void {
    this.entries.delete(channel.subscription.key);
    this.audience.leave(channel);
  }
}
