import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@brain/contracts';
import { refusalOf } from './engine-fault.js';

describe('a fault of an engine', () => {
  it('is waited for when nobody answers yet', () => {
    expect(refusalOf('database', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }))).toBeUndefined();
    expect(refusalOf('database', Object.assign(new Error('the database system is starting up'), { code: '57P03' }))).toBeUndefined();
    expect(refusalOf('bus', new DomainError('BUS_UNAVAILABLE', 'no broker answers'))).toBeUndefined();
  });

  it('is a refusal with its remedy when waiting cannot mend it', () => {
    const wrong = Object.assign(new Error('password authentication failed for user "brain_cases"'), { code: '28P01' });
    expect(refusalOf('event-store', wrong)).toMatchObject({
      code: 'EVENT_STORE_REFUSED',
      message: expect.stringMatching(/brain_cases.*check the database URL/),
    });
  });

  it('is passed on when the adapter refuses', () => {
    const refused = new DomainError('BUS_REFUSED', 'the topic has 2 partitions, 4 are needed');
    expect(refusalOf('bus', refused)).toBe(refused);
  });
});
