import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Change, SocketTopic } from '@brain/contracts';
import { Channels } from './channels.js';
import type { Channel, NewChange } from './domain/channel.js';
import { subscriptionOf } from './domain/subscription.js';

const IDLE_MS = 600_000;
const subscription = (area: string, ...topics: SocketTopic[]) => subscriptionOf({ areas: [area], topics });
const readingIn = (areaCode: string): NewChange => ({
  topic: 'reading',
  type: 'reading.received.v1',
  data: { deviceId: 'd', areaCode, ts: 1, values: {} },
});

describe('the channels of a process', () => {
  let now: number;
  let blocks: number;
  let heard: { channel: Channel; change: Change }[];
  let channels: Channels;

  beforeEach(() => {
    now = 0;
    blocks = 0;
    heard = [];
    channels = new Channels({ capacity: 10, idleMs: IDLE_MS, now: () => now, nextBlock: () => Promise.resolve((blocks += 1)) });
    channels.heardBy({
      hear: (channel, change) => heard.push({ channel, change }),
      show: () => undefined,
      leave: () => undefined,
    });
  });

  it('are shared by those who follow the same thing and have their own numbers otherwise', async () => {
    const one = await channels.join(subscription('440305', 'reading'));
    const same = await channels.join(subscription('440305', 'reading'));
    const other = await channels.join(subscription('440306', 'reading'));
    expect(same).toBe(one);
    expect(other.since(one.seq)).toBeUndefined();
  });

  it('hear only what they follow', async () => {
    const here = await channels.join(subscription('440305', 'reading'));
    await channels.join(subscription('440306', 'reading'));
    await channels.join(subscription('440305', 'alert'));
    channels.publish(readingIn('440305001'), ['440305001']);
    expect(heard.map(({ channel }) => channel)).toEqual([here]);
  });

  it('go on while their clients are away, so that nothing is missed', async () => {
    const channel = await channels.join(subscription('440305', 'reading'));
    const seen = channel.seq;
    channels.leave(channel);
    channels.publish(readingIn('440305'), ['440305']);
    now += IDLE_MS - 1;
    channels.removeIdle();
    const again = await channels.join(subscription('440305', 'reading'));
    expect(again.since(seen)).toHaveLength(1);
  });

  it('end when nobody came back in time, and a later one does not resume their numbers', async () => {
    const channel = await channels.join(subscription('440305', 'reading'));
    channels.leave(channel);
    now += IDLE_MS;
    channels.removeIdle();
    expect(channels.size).toBe(0);
    const later = await channels.join(subscription('440305', 'reading'));
    expect(later.since(channel.seq)).toBeUndefined();
  });

  it('stay while one of two clients is there', async () => {
    const channel = await channels.join(subscription('440305', 'reading'));
    await channels.join(subscription('440305', 'reading'));
    channels.leave(channel);
    now += IDLE_MS;
    channels.removeIdle();
    expect(channels.size).toBe(1);
  });

  it('start over when something leaves what they follow, and only then', async () => {
    const here = await channels.join(subscription('440305001', 'device'));
    const both = await channels.join(subscription('440305', 'device'));
    const seen = here.seq;
    expect(channels.leftBehind('device', ['440305001'], ['440305002'])).toEqual([here]);
    expect(here.since(seen)).toBeUndefined();
    expect(both.since(both.seq)).toEqual([]);
  });
});
