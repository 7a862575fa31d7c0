import { LogFault } from '../log-fault.js';
import { openNote } from './open-note.js';
import { parseNote } from './signed-note.js';
import { signNote, type NoteSigner } from './signing-key.js';
import { parseVerifierKey, type NoteVerifier } from './verifier-key.js';

const HEADER = 'key-rotation/v1';

/** `next` signs for `origin` after `previous`. */
export interface KeyRotation {
  readonly origin: string;
  readonly previous: string;
  readonly next: string;
}

/**
 * The statement that hands a log over to a new key: four lines, signed by the old key and by the new one, which so
 * shows that it exists. Its second line is no number, so it can never be taken for a checkpoint.
 */
export function signKeyRotation(origin: string, previous: NoteSigner, next: NoteSigner): string {
  return signNote(`${HEADER}\n${origin}\n${previous.vkey}\n${next.vkey}\n`, [previous, next]);
}

/** Reads a statement and checks both signatures with the keys it names; whether `previous` is trusted is the caller's matter. */
export function openKeyRotation(note: string): KeyRotation {
  const lines = parseNote(note).text.slice(0, -1).split('\n');
  const [header, origin = '', previous = '', next = ''] = lines;
  if (header !== HEADER || lines.length !== 4 || origin === '') throw malformed('not a key rotation');
  const keys = [parseVerifierKey(previous), parseVerifierKey(next)];
  if (keys.some(({ algorithm }) => algorithm !== 'ed25519')) throw malformed('a key that does not sign checkpoints');
  if (previous === next || openNote(note, keys).verified.length !== 2) throw malformed('not signed by both keys');
  return { origin, previous, next };
}

/**
 * The keys a verifier trusts when it pinned `vkey` long ago and the log shows its rotations: the pinned one and all
 * that follow, in order. Two statements in which one key names two successors are a fork.
 */
export function followKeyRotations(vkey: string, origin: string, statements: readonly string[]): NoteVerifier[] {
  const rotations = statements.map(openKeyRotation);
  const trusted = [parseVerifierKey(vkey)];
  for (let current = trusted.at(-1); current !== undefined; ) {
    const { vkey: from } = current;
    const next = new Set(rotations.filter((step) => step.origin === origin && step.previous === from).map((step) => step.next));
    if (next.size > 1) throw new LogFault('KEY_ROTATION_FORKED', `${from} named ${next.size} different successors`);
    current = [...next].filter((key) => !trusted.some((seen) => seen.vkey === key)).map(parseVerifierKey).at(0);
    if (current !== undefined) trusted.push(current);
  }
  return trusted;
}

function malformed(what: string): LogFault {
  return new LogFault('KEY_ROTATION_MALFORMED', `Not a key rotation: ${what}`);
}
