import { describe, expect, it } from '@jest/globals';
import { BLOCK_SIZE, Channel, type NewChange } from './channel.js';
import { subscriptionOf } from './subscription.js';

const everything = subscriptionOf({ areas: ['440305'], topics: ['reading'] });
const change = (ts: number): NewChange => ({
  topic: 'reading',
  type: 'reading.received.v1',
  data: { deviceId: 'd', areaCode: '440305', ts, values: {} },
});
const channelWith = (changes: number, capacity = 100, block = 7): Channel => {
  const channel = new Channel(everything, block, capacity);
  for (let ts = 1; ts <= changes; ts += 1) channel.append(change(ts));
  return channel;
};
const instants = (channel: Channel, lastSeq: number) =>
  channel.since(lastSeq)?.map((missed) => (missed.topic === 'reading' ? missed.data.ts : undefined));

describe('a channel', () => {
  it('numbers its changes without holes', () => {
    const channel = new Channel(everything, 1, 10);
    const first = channel.append(change(1)).seq;
    expect([channel.append(change(2)).seq, channel.append(change(3)).seq]).toEqual([first + 1, first + 2]);
    expect(channel.seq).toBe(first + 2);
  });

  it('gives a client that comes back exactly what it missed, in order', () => {
    const channel = channelWith(5);
    expect(instants(channel, channel.seq - 2)).toEqual([4, 5]);
    expect(instants(channel, channel.seq)).toEqual([]);
  });

  it('cannot say what was missed once it is too long ago, nor for numbers ahead of it', () => {
    const channel = channelWith(25, 10);
    expect(channel.since(channel.seq - 10)).toHaveLength(10);
    expect(channel.since(channel.seq - 25)).toBeUndefined();
    expect(channel.since(channel.seq + 1)).toBeUndefined();
    expect(channel.since(channel.seq - 0.5)).toBeUndefined();
  });

  it('resumes from the very beginning while it still has everything', () => {
    const channel = channelWith(3);
    expect(instants(channel, channel.seq - 3)).toEqual([1, 2, 3]);
    expect(channel.since(channel.seq - 4)).toBeUndefined();
  });

  it('keeps at least its capacity and not much more', () => {
    const channel = channelWith(1_000, 10);
    expect(channel.since(channel.seq - 10)).toHaveLength(10);
    expect(channel.since(channel.seq - 20)).toBeUndefined();
  });

  it('never resumes a number of another channel, of this process or an earlier one', () => {
    const earlier = channelWith(50, 100, 7);
    const later = channelWith(50, 100, 8);
    for (let back = 0; back <= 50; back += 1) {
      expect(later.since(earlier.seq - back)).toBeUndefined();
      expect(earlier.since(later.seq - back)).toBeUndefined();
    }
  });

  it('uses only numbers that JavaScript counts exactly, up to the last block a sequence can reach in practice', () => {
    const channel = new Channel(everything, 4_000_000, 10);
    expect(Number.isSafeInteger(channel.append(change(1)).seq)).toBe(true);
    expect(BLOCK_SIZE).toBeGreaterThan(1_000_000_000);
  });

  it('lets nobody resume across the moment it made everybody look afresh', () => {
    const channel = channelWith(5);
    const before = channel.seq;
    channel.forget();
    expect(channel.since(before)).toBeUndefined();
    channel.append(change(6));
    expect(channel.since(before)).toBeUndefined();
    expect(instants(channel, channel.seq - 1)).toEqual([6]);
  });
});
