import type { WearerForgotten } from '@brain/contracts';
import type { Decider } from '@brain/event-store/pure';

/** No reading of theirs is kept any more. */
export interface ForgetWearer {
  readonly type: 'ForgetWearer';
  readonly wearerId: string;
  readonly devices: number;
  readonly now: string;
}

export type WearerState = { readonly status: 'known' | 'forgotten' };

export const wearerDecider: Decider<WearerState, ForgetWearer, WearerForgotten> = {
  initial: { status: 'known' },

  decide({ wearerId, devices, now }, { status }) {
    if (status === 'forgotten') return [];
    return [{ type: 'WearerForgotten', data: { wearerId, devices, at: now } }];
  },

  evolve() {
    return { status: 'forgotten' };
  },
};
