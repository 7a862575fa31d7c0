/** What a proof shows: the place of the event, and the tree head that vouches for it. `root` is base64. */
export interface Proven {
  readonly origin: string;
  readonly index: number;
  readonly size: number;
  readonly root: string;
}

/** A refusal carries a stable `code`. */
export interface VerifierFault extends Error {
  readonly code: string;
}

/** Rejects with a `VerifierFault` unless the proof shows the event in the log of this key. `origin`: the key's name when absent. */
export function verifyProof(claim: {
  readonly proof: string;
  readonly event: Readonly<Record<string, unknown>>;
  readonly vkey: string;
  readonly origin?: string | undefined;
}): Promise<Proven>;

/** Rejects unless the newer checkpoint continues the kept one; `proof` is the consistency proof, base64, a hash a line. */
export function verifyKept(claim: {
  readonly kept: string;
  readonly newer: string;
  readonly proof: string;
  readonly vkey: string;
  readonly origin?: string | undefined;
}): Promise<Omit<Proven, 'index'>>;

/** The tree head of a checkpoint this key signed for this origin. */
export function openCheckpoint(note: string, vkey: string, origin: string): Promise<{ size: number; root: string }>;

/** The text of a note this key signed. */
export function openNote(note: string, vkey: string): Promise<string>;

/** An event from its text. Refuses a text in which a reader could see something else than what is proven: `EVENT_AMBIGUOUS`. */
export function eventOf(text: string): Readonly<Record<string, unknown>>;

/** The bytes the log holds for an event. */
export function entryOf(event: Readonly<Record<string, unknown>>): Promise<Uint8Array>;

// What verifier.mjs shares:
export function sha256(...parts: (Uint8Array | number[])[]): Promise<Uint8Array>;
export function hexOf(bytes: Uint8Array): string;
export function nameOf(vkey: string): string;
export function refuse(code: string, message: string): never;
export function report(proving: Promise<object>): Promise<void>;
