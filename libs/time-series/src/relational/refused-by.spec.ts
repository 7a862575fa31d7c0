import { describe, expect, it } from '@jest/globals';
import { refusedBy } from './refused-by.js';

describe('an error of the server', () => {
  it('is a refusal with the remedy when waiting will not help', () => {
    const wrong = Object.assign(new Error('password authentication failed'), { code: '28P01' });
    expect(refusedBy(wrong)).toMatchObject({ code: 'TIME_SERIES_REFUSED', message: expect.stringContaining('correct the connection string') });
  });

  it('stays as it is when the server may come back', () => {
    const away = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    expect([refusedBy(away), refusedBy('text')]).toEqual([away, 'text']);
  });
});
