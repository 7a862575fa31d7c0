import { DomainError, type RetentionDays, type RetentionRaised } from '@brain/contracts';
import type { Decider } from '@brain/event-store/pure';

export interface KeepFor {
  readonly type: 'KeepFor';
  readonly days: RetentionDays;
}

export type RetentionState = { readonly status: 'undecided' } | { readonly status: 'decided'; readonly days: RetentionDays };

/** How long refused messages are kept: once decided, it only ever grows. */
export const retentionDecider: Decider<RetentionState, KeepFor, RetentionRaised> = {
  initial: { status: 'undecided' },

  decide({ days }, state) {
    const before = state.status === 'undecided' ? null : state.days;
    if (before === days) return [];
    if (before !== null && lengthOf(days) < lengthOf(before)) {
      throw new DomainError('RETENTION_LOWERED', `Refused messages are kept for ${inWords(before)}; ${inWords(days)} would be shorter, and it may only be raised`);
    }
    return [{ type: 'RetentionRaised', data: { of: 'refused-messages', days, before } }];
  },

  evolve(_state, { data: { days } }) {
    return { status: 'decided', days };
  },
};

function lengthOf(days: RetentionDays): number {
  return days === 'forever' ? Infinity : days;
}

function inWords(days: RetentionDays): string {
  return days === 'forever' ? 'ever' : `${String(days)} days`;
}
