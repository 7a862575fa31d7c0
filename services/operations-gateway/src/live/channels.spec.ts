import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Change, Snapshot, SocketTopic } from '@brain/contracts';
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
  let shown: Snapshot[];
  let channels: Channels;

  beforeEach(() => {
    now = 0;
    blocks = 0;
    heard = [];
    shown = [];
    channels = new Channels({ capacity: 10, idleMs: IDLE_MS, now: () => now, nextBlock: () => Promise.resolve((blocks += 1)) });
    channels.heardBy({
      hear: (channel, change) => heard.push({ channel, change }),
      show: (_, snapshot) => shown.push(snapshot),
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

  it('are held until they are shown afresh: what is told meanwhile comes after the snapshot, without a hole', async () => {
    const here = await channels.join(subscription('440305001', 'device', 'reading'));
    expect(channels.leftBehind('device', ['440305001'], ['440305002'])).toEqual([here]);
    const snapshot = { seq: here.seq, alerts: [], cases: [], workload: [], devices: [] };
    channels.publish(readingIn('440305001'), ['440305001']);
    expect(heard).toEqual([]);
    expect(channels.showAfresh(here, snapshot)).toBe(true);
    channels.publish(readingIn('440305001'), ['440305001']);
    expect(shown).toEqual([snapshot]);
    expect(heard.map(({ change }) => change.seq)).toEqual([snapshot.seq + 1, snapshot.seq + 2]);
  });

  it('are not asked for twice when something leaves again, but shown what is left then', async () => {
    const here = await channels.join(subscription('440305001', 'device'));
    channels.leftBehind('device', ['440305001'], ['440305002']);
    const early = { seq: here.seq, alerts: [], cases: [], workload: [], devices: [] };
    expect(channels.leftBehind('device', ['440305001'], ['440305002'])).toEqual([]);
    expect(channels.showAfresh(here, early)).toBe(false);
    expect(channels.showAfresh(here, { ...early, seq: here.seq })).toBe(true);
  });

  it('of one subscription wanted by many at once are one', async () => {
    const joined = await Promise.all(Array.from({ length: 50 }, () => channels.join(subscription('440305', 'reading'))));
    expect([new Set(joined).size, blocks, channels.size]).toEqual([1, 1, 1]);
  });

  it('without clients are kept up to a number, the newest of them', async () => {
    for (let n = 0; n < 1_000; n += 1) {
      now += 1;
      channels.leave(await channels.join(subscription(`440305${String(n).padStart(3, '0')}`, 'reading')));
    }
    expect(channels.size).toBe(200);
    const newest = await channels.join(subscription('440305999', 'reading'));
    expect(blocks).toBe(1_000);
    expect(newest.since(newest.seq)).toEqual([]);
  });
});
