import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@brain/contracts';
import { statusOf } from './problem-status.js';

describe('the status of a refusal', () => {
  const field = [{ path: 'areaCode', message: 'is unknown' }];

  it.each([
    [new DomainError('CASE_UNKNOWN', ''), 404],
    [new DomainError('AREA_UNKNOWN', '', field), 422],
    [new DomainError('CASE_STATE_WRONG', ''), 409],
    [new DomainError('BODY_NOT_JSON', '', field), 400],
    [new DomainError('AREA_OUT_OF_SCOPE', '', field), 403],
    [new DomainError('CASE_NOT_YOURS', ''), 403],
    [new DomainError('TOKEN_EXPIRED', ''), 401],
    [new DomainError('REVISION_STALE', '', field), 412],
    [new DomainError('PAYLOAD_TOO_LARGE', ''), 413],
    [new DomainError('BUS_UNAVAILABLE', ''), 503],
  ])('%s', (error, status) => {
    expect(statusOf(error)).toBe(status);
  });
});
