import type { DataKey } from './seal-value.js';

/** The keys of people. A subject is `person:…`, `case:…` or `alert:…`; `installation:…` is a secret of nobody. A destroyed key never comes back. */
export interface PersonKeys {
  /**
   * The key of each subject, made where there is none. Looked up anew each time, so that nothing is encrypted under a
   * key after it was destroyed. A person who was erased gets none any more; a case goes on, and what is written about it
   * after its erasure gets another one.
   */
  forSealing(subjects: readonly string[]): Promise<ReadonlyMap<string, DataKey>>;
  /** Those of the keys that still are. A key destroyed elsewhere may be given for another second. */
  forOpening(keyIds: readonly string[]): Promise<ReadonlyMap<string, DataKey>>;
  /** The id of the subject's key; undefined: nothing is encrypted for it. */
  keyIdOf(subject: string): Promise<string | undefined>;
  /** For ever. Harmless to repeat. */
  destroy(subject: string, keyId: string): Promise<void>;
}

/** A person does not come back; a case or an alert may be written about again. */
export function isForEver(subject: string): boolean {
  return subject.startsWith('person:');
}
