import { describe, it } from '@jest/globals';
import { scenario } from '@brain/testing';
import { masterKeyDecider } from './master-key.decider.js';

const since = '2026-11-22T02:00:00.000Z';
const note = (masterKeyId: string) => ({ type: 'NoteMasterKey', masterKeyId, since }) as const;
const changed = (masterKeyId: string, before: string | null) => ({ type: 'MasterKeyChanged', data: { masterKeyId, before, since } }) as const;

describe('the master key', () => {
  const { given } = scenario(masterKeyDecider);

  it('is on the record when it is first seen, and when it is another', () => {
    given().when(note('mk-1')).expectEvents(changed('mk-1', null));
    given(changed('mk-1', null)).when(note('mk-2')).expectEvents(changed('mk-2', 'mk-1'));
  });

  it('is told once, however often it is looked at', () => {
    given(changed('mk-1', null), changed('mk-2', 'mk-1')).when(note('mk-2')).expectEvents();
  });
});
