import type { LogKeyRotated } from '@brain/contracts';
import type { Decider } from '@brain/event-store/pure';

/** One key followed another. */
export interface LogKeyStep {
  readonly origin: string;
  readonly previousKeyId: string;
  readonly nextKeyId: string;
  readonly vkey: string;
}

/** All changes of key that are in effect, oldest first. */
export interface TellLogKeys {
  readonly steps: readonly LogKeyStep[];
  readonly now: string;
}

/** The keys that were told as new. */
export type LogKeysTold = readonly string[];

/** Each change of key is told once, however often it is seen. */
export const logKeysDecider: Decider<LogKeysTold, TellLogKeys, LogKeyRotated> = {
  initial: [],

  decide({ steps, now }, told) {
    return steps.filter(({ vkey }) => !told.includes(vkey)).map((step) => ({ type: 'LogKeyRotated', data: { ...step, at: now } }));
  },

  evolve(told, { data }) {
    return [...told, data.vkey];
  },
};

/** There is one log. */
export const LOG_KEYS_STREAM = 'log-keys';
