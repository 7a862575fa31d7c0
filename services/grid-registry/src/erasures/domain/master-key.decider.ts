import type { MasterKeyChanged } from '@brain/contracts';
import type { Decider } from '@brain/event-store/pure';

export interface NoteMasterKey {
  readonly type: 'NoteMasterKey';
  readonly masterKeyId: string;
  readonly since: string;
}

export type MasterKeyState = { readonly status: 'none' } | { readonly status: 'known'; readonly masterKeyId: string };

/** Which master key the keys of people are wrapped under. */
export const masterKeyDecider: Decider<MasterKeyState, NoteMasterKey, MasterKeyChanged> = {
  initial: { status: 'none' },

  decide({ masterKeyId, since }, state) {
    const before = state.status === 'none' ? null : state.masterKeyId;
    return before === masterKeyId ? [] : [{ type: 'MasterKeyChanged', data: { masterKeyId, before, since } }];
  },

  evolve(_state, { data: { masterKeyId } }) {
    return { status: 'known', masterKeyId };
  },
};
