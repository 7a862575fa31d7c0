import { describe, expect, it } from '@jest/globals';
import { ApiError } from '../api/api-error.js';
import { earliestOf } from './earliest-of.js';

const refusal = (code: string, message: string): ApiError =>
  new ApiError({ type: 'about:blank', title: code, status: 422, code, detail: code, errors: [{ path: 'at', message }] });

describe('the earliest moment', () => {
  it('is the one a refusal names, to the second after it', () => {
    expect(earliestOf(refusal('PAST_NOT_KEPT', 'is before 2026-03-01T09:00:00.250Z'))).toBe(Date.parse('2026-03-01T09:00:01.000Z'));
  });

  it('is not named by other refusals, nor by a lost line', () => {
    expect(earliestOf(refusal('AT_IN_FUTURE', 'is after now, 2026-03-01T09:00:00.000Z'))).toBeNull();
    expect(earliestOf(refusal('PAST_NOT_KEPT', 'is too early'))).toBeNull();
    expect(earliestOf(new TypeError('Failed to fetch'))).toBeNull();
  });
});
