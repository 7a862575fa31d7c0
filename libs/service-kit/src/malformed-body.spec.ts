import { describe, expect, it } from '@jest/globals';
import type { Request, Response } from 'express';
import { malformedBody } from './malformed-body.js';

function passedOn(error: unknown): unknown {
  let passed: unknown;
  malformedBody(error, {} as Request, {} as Response, (next?: unknown) => {
    passed = next;
  });
  return passed;
}

describe('an error of the body parser', () => {
  it('about malformed JSON has its code and path', () => {
    const error = Object.assign(new SyntaxError('Unexpected end of JSON input'), { type: 'entity.parse.failed' });
    expect(passedOn(error)).toMatchObject({
      code: 'BODY_NOT_JSON',
      details: { errors: [{ path: 'body', message: 'Unexpected end of JSON input' }] },
    });
  });

  it('about a body that is too large names the limit', () => {
    const error = Object.assign(new Error('request entity too large'), { type: 'entity.too.large', limit: 1_048_576, length: 1_048_577 });
    expect(passedOn(error)).toMatchObject({ code: 'BODY_TOO_LARGE', message: 'A body has at most 1048576 bytes' });
  });

  it('of another kind passes as it is', () => {
    const aborted = Object.assign(new Error('request aborted'), { type: 'request.aborted' });
    expect(passedOn(aborted)).toBe(aborted);
  });
});
