import { expect, it } from '@jest/globals';
import { bucketFor } from './bucket-for.js';

const HOUR = 3_600_000;

it.each([
  ['an hour', HOUR, 'PT1M'],
  ['six hours', 6 * HOUR, 'PT5M'],
  ['two days', 48 * HOUR, 'PT15M'],
  ['a week', 7 * 24 * HOUR, 'PT1H'],
  ['ten years', 3650 * 24 * HOUR, 'P1D'],
])('a chart of %s has a bucket that fits it', (_, range, bucket) => expect(bucketFor(range)).toBe(bucket));
