import { describe, it } from '@jest/globals';
import { scenario } from '@brain/testing';
import type { AskForErasure } from './erasure.commands.js';
import { erasureDecider } from './erasure.decider.js';
import type { ErasureEvent } from './erasure.events.js';

const { given } = scenario(erasureDecider);
const subject = 'person:0b1f7f4e-94b5-4d0d-8e2c-3a9a3f0c5d21';
const keyId = '7d1b2c3e-0000-4000-8000-000000000001';
const another = '7d1b2c3e-0000-4000-8000-000000000002';
const [at, later, expiresAt, tooLate] = ['2026-03-01T00:00:00.000Z', '2026-03-01T01:00:00.000Z', '2026-03-04T00:00:00.000Z', '2026-03-04T00:00:00.001Z'] as const;

const ask = (by: string, now: Partial<AskForErasure['now']> = {}): AskForErasure => ({ type: 'AskForErasure', subject, by, now: { at, expiresAt, keyId, ...now } });
const requested: ErasureEvent = { type: 'ErasureRequested', data: { subject, requestedBy: 'ada', at, expiresAt } };
const decided: ErasureEvent = { type: 'PersonErased', data: { subject, keyId, requestedBy: 'ada', confirmedBy: 'otto', at: later } };
const carriedOut: ErasureEvent = { type: 'ErasureCarriedOut', data: { subject, keyId, at: later } };
const recordIt = { type: 'RecordErasure', subject, now: later } as const;

describe('asking for an erasure', () => {
  it('is a request at first', () => given().when(ask('ada')).expectEvents(requested));
  it('erases when another person asks for the same', () => given(requested).when(ask('otto', { at: later })).expectEvents(decided));
  it('changes nothing when the same person asks again', () => given(requested).when(ask('ada', { at: later })).expectEvents());
  it('is a request again when the first has expired', () =>
    given(requested)
      .when(ask('otto', { at: tooLate, expiresAt: later }))
      .expectEvents({ type: 'ErasureRequested', data: { subject, requestedBy: 'otto', at: tooLate, expiresAt: later } }));
  it('is refused when there is nothing to erase', () => given().when(ask('ada', { keyId: null })).expectRejection('PERSON_UNKNOWN'));
});

describe('an erasure that two people agreed on', () => {
  it('is recorded as carried out once', () => {
    given(requested, decided).when(recordIt).expectEvents(carriedOut);
    given(requested, decided, carriedOut).when(recordIt).expectEvents();
    given(requested).when(recordIt).expectEvents();
  });
  it('cannot be asked for again, nor taken back', () => {
    given(requested, decided).when(ask('eve')).expectEvents();
    given(requested, decided, carriedOut).when(ask('eve', { keyId: null })).expectEvents();
  });
  it('may follow again for what was written since', () =>
    given(requested, decided, carriedOut)
      .when(ask('ada', { keyId: another }))
      .expectEvents(requested));
});
