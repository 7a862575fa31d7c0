import type { WitnessSettings } from '../witnesses/witness-settings.js';

/** Injection token. */
export const LOG_SETTINGS = Symbol('LogSettings');

export interface LogSettings {
  /** Names the log for ever; its key carries the same name. */
  readonly origin: string;
  /** Folder of checkpoint and tiles. */
  readonly folder: string;
  /** Of the signing key; apart from the database and from the log. */
  readonly keyFile: string;
  /** Least time from one checkpoint to the next. */
  readonly checkpointMs: number;
  /** From one look for statements of new keys to the next: the operator's command writes a file, and nobody waits for its event. */
  readonly keysLookMs: number;
  /** From one pass of the self-check to the next. */
  readonly checkPauseMs: number;
  /** Asked to cosign. */
  readonly witnesses: readonly WitnessSettings[];
  /** Least time from one question to a witness to the next. */
  readonly witnessMs: number;
}
