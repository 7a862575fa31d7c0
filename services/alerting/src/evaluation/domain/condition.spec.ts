import { describe, expect, it } from '@jest/globals';
import { advance, NEVER_EVALUATED, startAnew, type Condition, type ConditionPolicy } from './condition.js';

const policy = (forSeconds: number, recurrenceSeconds = 0): ConditionPolicy => ({
  forMs: forSeconds * 1000,
  recurrenceMs: recurrenceSeconds * 1000,
  alertIdFor: (since) => `since ${since / 1000}`,
});

/**
 * `<second><sign>`: + holds, - does not hold and clears, ~ neither (between the two thresholds), ? cannot be told.
 * Gives what came of each reading that had an outcome.
 */
function outcomes(readings: string, rules: ConditionPolicy): string[] {
  let condition: Condition = NEVER_EVALUATED;
  return readings.split(' ').flatMap((text) => {
    const sign = text.at(-1);
    const ts = Number(text.slice(0, -1)) * 1000;
    const holds = sign === '?' ? undefined : sign === '+';
    const clears = sign === '?' ? undefined : sign === '-';
    const step = advance(condition, { ts, holds, clears }, rules);
    condition = step.condition;
    const { outcome } = step;
    if (outcome === undefined) return [];
    return outcome.type === 'raise' ? [`${text} raise ${outcome.alertId}`] : [`${text} ${outcome.type} ${outcome.occurrences}`];
  });
}

const cases: [title: string, forSeconds: number, readings: string, expected: string[]][] = [
  ['raises at once without a duration', 0, '1- 2+', ['2+ raise since 2']],
  ['raises at the first reading that completes the duration', 60, '0+ 30+ 59+ 61+', ['61+ raise since 0']],
  ['raises exactly at the end of the duration', 60, '0+ 60+', ['60+ raise since 0']],
  ['raises over a gap: nothing in it contradicts the condition', 60, '0+ 600+', ['600+ raise since 0']],
  ['does not raise when the condition breaks before the duration is over', 60, '0+ 30- 61+ 90+', []],
  ['starts the duration anew after a break', 60, '0+ 30- 40+ 100+', ['100+ raise since 40']],
  ['counts repeats while it stays', 0, '1+ 2+ 3+', ['1+ raise since 1', '2+ recur 2', '3+ recur 3']],
  ['clears when the condition no longer holds, with the count', 0, '1+ 2+ 3-', ['1+ raise since 1', '2+ recur 2', '3- clear 2']],
  ['stays between the thresholds, uncounted', 0, '1+ 2~ 3~ 4-', ['1+ raise since 1', '4- clear 1']],
  ['a return from between the thresholds is a repeat', 0, '1+ 2~ 3+', ['1+ raise since 1', '3+ recur 2']],
  ['is not pending between the thresholds', 10, '1+ 5~ 12+', []],
  ['a new breach after clearing is a new alert', 0, '1+ 2- 3+', ['1+ raise since 1', '2- clear 1', '3+ raise since 3']],
  ['a repeated reading counts once', 0, '1+ 2+ 2+ 2+', ['1+ raise since 1', '2+ recur 2']],
  ['a late reading does not clear', 0, '5+ 3-', ['5+ raise since 5']],
  ['a late reading does not raise', 0, '5- 3+', []],
  ['a late reading does not break what is pending', 10, '0+ 6+ 3- 11+', ['11+ raise since 0']],
  ['a reading that tells nothing changes nothing', 10, '0+ 5? 11+ 12? 13-', ['11+ raise since 0', '13- clear 1']],
  ['a reading that tells nothing does not make the next one late', 0, '5? 3+', ['3+ raise since 3']],
];

describe('a condition over readings', () => {
  it.each(cases)('%s', (_, forSeconds, readings, expected) => {
    expect(outcomes(readings, policy(forSeconds))).toEqual(expected);
  });

  it('tells the first repeat, then at most one per interval, and the exact count in the end', () => {
    expect(outcomes('0+ 1+ 2+ 10+ 11+ 12+ 30+ 31+ 32-', policy(0, 10))).toEqual([
      '0+ raise since 0',
      '1+ recur 2',
      '11+ recur 5',
      '30+ recur 7',
      '32- clear 8',
    ]);
  });

  it('starts anew after a person cleared the alert, waiting the whole duration again', () => {
    const raised = advance({ phase: 'pending', lastTs: 0, since: 0 }, { ts: 60_000, holds: true, clears: false }, policy(60));
    const anew = advance(startAnew(raised.condition), { ts: 61_000, holds: true, clears: false }, policy(60));
    expect(anew).toEqual({ condition: { phase: 'pending', lastTs: 61_000, since: 61_000 } });
  });
});
