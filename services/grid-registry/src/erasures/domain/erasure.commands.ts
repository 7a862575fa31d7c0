/** The first asks, another one agrees: the same words, said by two people. `keyId` null: nothing is encrypted for the subject. */
export interface AskForErasure {
  readonly type: 'AskForErasure';
  readonly subject: string;
  readonly by: string;
  readonly now: { readonly at: string; readonly expiresAt: string; readonly keyId: string | null };
}

/** The key is destroyed: say so. */
export interface RecordErasure {
  readonly type: 'RecordErasure';
  readonly subject: string;
  readonly now: string;
}

export type ErasureCommand = AskForErasure | RecordErasure;
