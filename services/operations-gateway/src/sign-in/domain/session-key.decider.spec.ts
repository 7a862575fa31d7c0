import { describe, it } from '@jest/globals';
import { scenario } from '@brain/testing';
import { sessionKeyDecider } from './session-key.decider.js';

const note = (keyId: string) => ({ type: 'NoteSessionKey', keyId }) as const;
const changed = (keyId: string, before: string | null) => ({ type: 'SessionKeyChanged', data: { keyId, before } }) as const;

describe('the key that signs the sign-ins', () => {
  const { given } = scenario(sessionKeyDecider);

  it('is on the record when it is first seen, and when it is another', () => {
    given().when(note('a')).expectEvents(changed('a', null));
    given(changed('a', null)).when(note('b')).expectEvents(changed('b', 'a'));
  });

  it('is not told again at every start', () => {
    given(changed('a', null)).when(note('a')).expectEvents();
    given(changed('a', null), changed('b', 'a')).when(note('b')).expectEvents();
  });
});
