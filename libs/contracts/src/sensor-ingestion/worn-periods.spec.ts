import { describe, expect, it } from '@jest/globals';
import { wornPeriods } from './worn-periods.js';

const day = (number: number) => `2026-11-0${String(number)}T00:00:00.000Z`;
const ms = (number: number) => Date.parse(day(number));
const changes = (...wearers: readonly (string | null)[]) => wearers.map((wearerId, index) => ({ since: day(index + 1), wearerId }));

describe('the times in which somebody wore a device', () => {
  it.each([
    ['from the first to the last, of its only wearer', changes('a'), [{ from: null, to: null }]],
    ['without end once it was given back, and nobody else had it', changes('a', null), [{ from: null, to: null }]],
    ['until another got it', changes('a', 'b'), [{ from: null, to: ms(2) }]],
    ['with the time nobody had it, before and after', changes('b', null, 'a', null, 'b'), [{ from: ms(2), to: ms(5) }]],
    ['as often as it came back', changes('a', 'b', 'a'), [{ from: null, to: ms(2) }, { from: ms(3), to: null }]],
    ['not at all', changes('b', null), []],
  ])('%s', (_, given, expected) => {
    expect(wornPeriods(given, 'a')).toEqual(expected);
  });
});
