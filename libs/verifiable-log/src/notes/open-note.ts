import { LogFault } from '../log-fault.js';
import { parseNote, type NoteSignature } from './signed-note.js';
import type { NoteVerifier } from './verifier-key.js';

/** A note whose text may be believed: at least one trusted key signed it, and no trusted key's signature is wrong. */
export interface OpenedNote {
  readonly text: string;
  readonly verified: readonly VerifiedSignature[];
  /** Signatures of keys we do not know: neither good nor bad. */
  readonly unknown: readonly NoteSignature[];
}

export interface VerifiedSignature extends NoteSignature {
  readonly verifier: NoteVerifier;
}

export function openNote(note: string, trusted: readonly NoteVerifier[]): OpenedNote {
  const { text, signatures } = parseNote(note);
  const verified: VerifiedSignature[] = [];
  const unknown: NoteSignature[] = [];
  for (const signature of signatures) {
    const verifier = trusted.find(({ name, keyId }) => name === signature.name && keyId === signature.keyId);
    if (verifier === undefined) {
      unknown.push(signature);
      continue;
    }
    if (!verifier.verify(text, signature.signature)) {
      throw new LogFault('SIGNATURE_INVALID', `The signature of ${verifier.name}+${verifier.keyId} does not fit the text`);
    }
    if (!verified.some((earlier) => earlier.verifier === verifier)) verified.push({ ...signature, verifier });
  }
  if (verified.length === 0) {
    const keys = signatures.map(({ name, keyId }) => `${name}+${keyId}`).join(', ');
    throw new LogFault('KEY_UNKNOWN', `Signed by ${keys}, none of which is trusted here`);
  }
  return { text, verified, unknown };
}
