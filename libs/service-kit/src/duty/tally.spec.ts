import { describe, expect, it } from '@jest/globals';
import { Tally } from './tally.js';

const WINDOW = 1_000;
const place = (key: string, bucket = 'li') => ({ bucket, key, allowance: 2 });

describe('a tally', () => {
  it('lets the first of a window pass and counts the rest by what they are', () => {
    const tally = new Tally<string>(WINDOW);
    const passed = ['a', 'a', 'a', 'b', 'a'].map((key, index) => tally.admits(`${key}${String(index)}`, place(key), index));
    expect(passed).toEqual([true, true, false, false, false]);
    expect(tally.takeFinished(WINDOW - 1)).toEqual([]);
    expect(tally.takeFinished(WINDOW)).toEqual([
      { fact: 'a4', count: 2, since: 2 },
      { fact: 'b3', count: 1, since: 3 },
    ]);
    expect(tally.takeFinished(Infinity)).toEqual([]);
  });

  it('keeps the allowances of different people apart', () => {
    const tally = new Tally<string>(WINDOW);
    for (let i = 0; i < 5; i += 1) tally.admits('x', place('a'), 0);
    expect(tally.admits('y', place('a', 'wang'), 0)).toBe(true);
  });

  it('begins a new window after the old one, and hands out the old count even when nobody looked in between', () => {
    const tally = new Tally<string>(WINDOW);
    for (let i = 0; i < 4; i += 1) tally.admits('x', place('a'), i);
    expect(tally.admits('y', place('a'), WINDOW)).toBe(true);
    expect(tally.takeFinished(WINDOW)).toEqual([{ fact: 'x', count: 2, since: 2 }]);
  });

  it('loses nothing that could not be written', () => {
    const tally = new Tally<string>(WINDOW);
    for (let i = 0; i < 3; i += 1) tally.admits('x', place('a'), i);
    const counted = tally.takeFinished(Infinity);
    tally.giveBack(counted);
    expect(tally.takeFinished(Infinity)).toEqual(counted);
  });
});
