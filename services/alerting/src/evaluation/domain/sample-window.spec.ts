import { describe, expect, it } from '@jest/globals';
import { aggregate } from './aggregate.js';
import { SampleWindow } from './sample-window.js';

const at = (ts: number, value = ts) => ({ ts, value });

describe('a window of samples', () => {
  it('holds what lies after its start up to its end', () => {
    const window = new SampleWindow(10, [at(10), at(20), at(30), at(40)]);
    expect(window.within(30, 20).map(({ ts }) => ts)).toEqual([20, 30]);
  });

  it('puts a late sample in its place and leaves out a repeat', () => {
    const window = new SampleWindow(10, [at(10), at(30)]);
    expect([window.add(at(20)), window.add(at(20))]).toEqual([true, false]);
    expect(window.within(30, 100).map(({ ts }) => ts)).toEqual([10, 20, 30]);
  });

  it('is bounded in number and in time', () => {
    const window = new SampleWindow(3, [at(1), at(2), at(3), at(4)]);
    expect(window.oldestTs).toBe(2);
    window.trim(2);
    expect(window.within(4, 100).map(({ ts }) => ts)).toEqual([3, 4]);
  });
});

describe('an aggregate', () => {
  const samples = [at(0, 10), at(2000, 4), at(4000, 16)];

  it.each([
    ['avg', 10],
    ['min', 4],
    ['max', 16],
    ['count', 3],
    ['delta', 6],
    ['rate', 1.5],
  ] as const)('%s', (name, expected) => expect(aggregate(name, samples)).toBe(expected));

  it('of no samples cannot be told, but their count can', () => {
    expect(aggregate('avg', [])).toBeUndefined();
    expect(aggregate('count', [])).toBe(0);
  });

  it('of change over a single sample cannot be told', () => {
    expect(aggregate('delta', [at(1)])).toBeUndefined();
    expect(aggregate('rate', [at(1)])).toBeUndefined();
  });
});
