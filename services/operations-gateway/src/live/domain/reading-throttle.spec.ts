import { describe, expect, it } from '@jest/globals';
import { ReadingThrottle } from './reading-throttle.js';

const reading = (deviceId: string, ts: number) => ({ deviceId, areaCode: '440305', ts, values: { temperature: ts } });

describe('the readings shown', () => {
  it('are the newest of each device between two flushes', () => {
    const throttle = new ReadingThrottle();
    for (const [device, ts] of [['a', 1], ['b', 2], ['a', 3]] as const) throttle.add(reading(device, ts));
    expect(throttle.flush()).toEqual([reading('a', 3), reading('b', 2)]);
    expect(throttle.flush()).toEqual([]);
  });

  it('never go back in time when a device catches up', () => {
    const throttle = new ReadingThrottle();
    throttle.add(reading('a', 5));
    throttle.add(reading('a', 4));
    expect(throttle.flush()).toEqual([reading('a', 5)]);
  });
});
