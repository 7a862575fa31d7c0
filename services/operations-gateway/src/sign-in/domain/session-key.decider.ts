import type { SessionKeyChanged } from '@brain/contracts';
import type { Decider } from '@brain/event-store/pure';

export interface NoteSessionKey {
  readonly type: 'NoteSessionKey';
  readonly keyId: string;
}

export type SessionKeyState = { readonly status: 'none' } | { readonly status: 'known'; readonly keyId: string };

/** Which key signs the sign-ins. */
export const sessionKeyDecider: Decider<SessionKeyState, NoteSessionKey, SessionKeyChanged> = {
  initial: { status: 'none' },

  decide({ keyId }, state) {
    const before = state.status === 'none' ? null : state.keyId;
    return before === keyId ? [] : [{ type: 'SessionKeyChanged', data: { keyId, before } }];
  },

  evolve(_state, { data: { keyId } }) {
    return { status: 'known', keyId };
  },
};
