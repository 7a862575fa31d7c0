import { describe, expect, it } from '@jest/globals';
import { AccessDeniedError, MaxAppendSizeExceededError, StreamDeletedError, UnavailableError, UnknownError } from '@eventstore/db-client';
import { DomainError } from '@brain/contracts';
import { faultOf, isPassing } from './store-fault.js';

type ServiceError = ConstructorParameters<typeof UnavailableError>[0];

function failed(code: number, message: string, trailers: Readonly<Record<string, string>> = {}): ServiceError {
  return Object.assign(new Error(message), { code, details: message, metadata: { getMap: () => trailers } }) as unknown as ServiceError;
}

describe('what went wrong with EventStoreDB, in our codes', () => {
  it.each([
    ['credentials', new AccessDeniedError(failed(16, 'UNAUTHENTICATED')), 'EVENT_STORE_REFUSED', /user who may append/],
    ['an expired certificate', new UnavailableError(failed(14, 'certificate has expired')), 'EVENT_STORE_REFUSED', /tlsCAFile/],
    ['an unknown authority', new UnavailableError(failed(14, 'self-signed certificate')), 'EVENT_STORE_REFUSED', /tlsCAFile/],
    ['another server', new UnknownError(failed(12, 'UNIMPLEMENTED')), 'EVENT_STORE_REFUSED', /not EventStoreDB/],
    ['a large append', MaxAppendSizeExceededError.fromMaxAppendSize(1024), 'EVENT_TOO_LARGE', /1024 bytes/],
    ['a large message', new UnknownError(failed(8, 'larger than max (5 vs. 4)')), 'EVENT_TOO_LARGE', /5 vs\. 4/],
    ['a deleted stream', StreamDeletedError.fromStreamName('note-1'), 'STREAM_DELETED', /note-1/],
    ['a lost connection', new UnavailableError(failed(14, 'ECONNRESET')), 'EVENT_STORE_UNAVAILABLE', /ECONNRESET/],
    ['no more words', 'odd', 'EVENT_STORE_UNAVAILABLE', /odd/],
  ])('%s', (_, error, code, message) => {
    const fault = faultOf(error);
    expect(fault.code).toBe(code);
    expect(fault.message).toMatch(message);
    expect(isPassing(fault)).toBe(code === 'EVENT_STORE_UNAVAILABLE');
  });

  it('names the limit of a single event where the server has one', () => {
    const trailers = { exception: 'maximum-append-event-size-exceeded', 'maximum-append-event-size': '2048' };
    const fault = faultOf(new UnknownError(failed(3, 'too large', trailers)));
    expect([fault.code, fault.message]).toEqual(['EVENT_TOO_LARGE', expect.stringContaining('2048')]);
  });

  it('leaves our own refusals as they are', () => {
    const ours = new DomainError('EVENT_ID_REUSED', 'twice');
    expect(faultOf(ours)).toBe(ours);
  });
});
