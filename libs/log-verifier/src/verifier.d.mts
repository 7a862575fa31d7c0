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
  readonly vkey: string | string[];
  readonly origin?: string;
}): Promise<Proven>;

/** Rejects unless the newer checkpoint continues the kept one; `proof` is the consistency proof, base64, a hash a line. */
export function verifyKept(claim: {
  readonly kept: string;
  readonly newer: string;
  readonly proof: string;
  readonly vkey: string;
  readonly origin?: string;
}): Promise<Omit<Proven, 'index'>>;

/** The tree head of a checkpoint this key signed for this origin. */
export function openCheckpoint(note: string, vkey: string | string[], origin: string): Promise<{ size: number; root: Uint8Array; base64: string }>;

/** The bytes the log holds for an event. */
export function entryOf(event: Readonly<Record<string, unknown>>): Promise<Uint8Array>;

/** What an evidence package shows once it is checked. */
export interface ProvenPackage {
  readonly origin: string;
  readonly events: number;
  readonly withheld: number;
  readonly size: number;
  readonly root: string;
}

/** Rejects unless the package is as the log's keeper signed it and every event of it is in the log. Names have `/` in them. */
export function verifyPackage(claim: {
  readonly names: Iterable<string>;
  readonly read: (name: string) => Promise<Uint8Array>;
  readonly vkey: string;
  readonly origin?: string;
}): Promise<ProvenPackage>;
