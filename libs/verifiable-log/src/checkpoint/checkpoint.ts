import { HASH_BYTES } from '../hashing/sha256.js';
import { LogFault } from '../log-fault.js';
import { fromBase64, toBase64 } from '../notes/base64.js';
import { parseDecimal } from '../notes/decimal.js';
import { openNote, type OpenedNote } from '../notes/open-note.js';
import { signNote, type NoteSigner } from '../notes/signing-key.js';
import type { NoteVerifier } from '../notes/verifier-key.js';

/** A tree head (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** Names the log, e.g. `brain.example.gov.cn/log`. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** Opaque lines after the root; empty as a rule. */
  readonly extensions?: readonly string[];
}

/** A checkpoint with a trusted signature of its log. */
export interface OpenedCheckpoint extends Required<Checkpoint> {
  /** Exactly as it was signed, signatures included. */
  readonly note: string;
  readonly signatures: OpenedNote;
}

export interface CheckpointPolicy {
  readonly origin: string;
  /** Keys of the log: the pinned one and those that followed it. */
  readonly verifiers: readonly NoteVerifier[];
  /** Keys of witnesses, of which at least `atLeast` must have cosigned. */
  readonly witnesses?: { readonly verifiers: readonly NoteVerifier[]; readonly atLeast: number };
}

/** The text that is signed. */
export function formatCheckpoint({ origin, size, root, extensions = [] }: Checkpoint): string {
  const text = `${[origin, size, toBase64(root), ...extensions].join('\n')}\n`;
  parseCheckpoint(text);
  return text;
}

export function signCheckpoint(checkpoint: Checkpoint, signers: readonly NoteSigner[]): string {
  return signNote(formatCheckpoint(checkpoint), signers);
}

/** Reads a checkpoint's text without believing it. */
export function parseCheckpoint(text: string): Required<Checkpoint> {
  if (!text.endsWith('\n')) throw malformed('it does not end in a newline');
  const lines = text.slice(0, -1).split('\n');
  const [origin = '', sizeText = '', rootText = '', ...extensions] = lines;
  const size = parseDecimal(sizeText);
  if (lines.length < 3 || lines.includes('')) throw malformed('fewer than three lines, or an empty one');
  if (size === undefined) throw malformed('the size is no number');
  const root = fromBase64(rootText);
  if (root.length !== HASH_BYTES) throw malformed('the root is no SHA-256');
  return { origin, size, root, extensions };
}

/** A checkpoint that may be believed: of this origin, signed by a key of the log, cosigned by enough witnesses. */
export function openCheckpoint(note: string, policy: CheckpointPolicy): OpenedCheckpoint {
  const { origin, verifiers, witnesses } = policy;
  const signatures = openNote(note, [...verifiers, ...(witnesses?.verifiers ?? [])]);
  if (!signatures.verified.some(({ verifier }) => verifiers.includes(verifier))) {
    throw new LogFault('KEY_UNKNOWN', 'No key of the log signed this checkpoint');
  }
  const checkpoint = parseCheckpoint(signatures.text);
  if (checkpoint.origin !== origin) {
    throw new LogFault('ORIGIN_MISMATCH', `A checkpoint of ${checkpoint.origin}, not of ${origin}`);
  }
  // A cosignature does not commit to its name: one key under two names is one witness.
  const cosigned = new Set(signatures.verified.flatMap(({ verifier }) => (witnesses?.verifiers.includes(verifier) ? [publicKeyIn(verifier)] : []))).size;
  if (cosigned < (witnesses?.atLeast ?? 0)) {
    throw new LogFault('COSIGNATURES_MISSING', `Cosigned by ${cosigned} known witnesses, ${witnesses?.atLeast ?? 0} are needed`);
  }
  return { ...checkpoint, note, signatures };
}

function publicKeyIn({ name, keyId, vkey }: NoteVerifier): string {
  return vkey.slice(name.length + keyId.length + 2);
}

function malformed(what: string): LogFault {
  return new LogFault('CHECKPOINT_MALFORMED', `Not a checkpoint: ${what}`);
}
