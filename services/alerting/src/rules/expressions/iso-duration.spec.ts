import { describe, expect, it } from '@jest/globals';
import { durationMs } from './iso-duration.js';

describe('an ISO 8601 duration', () => {
  it.each([
    ['PT0S', 0],
    ['PT2M', 120_000],
    ['P1DT12H', 129_600_000],
    ['PT1.5S', 1500],
    ['P1M', undefined],
    ['2 minutes', undefined],
    ['', undefined],
  ])('%s is %s ms', (text, expected) => expect(durationMs(text)).toBe(expected));
});
