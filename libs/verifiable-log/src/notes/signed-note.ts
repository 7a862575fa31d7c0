import { LogFault } from '../log-fault.js';
import { fromBase64, toBase64 } from './base64.js';
import { isKeyName } from './key-id.js';

/** A signature line, not yet checked. */
export interface NoteSignature {
  readonly name: string;
  /** Eight hex digits. */
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** A signed note taken apart (C2SP signed-note). Nothing in it is to be believed before `openNote`. */
export interface SignedNote {
  /** With its last newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Larger notes, or notes with more signatures, are refused unread. */
export const MAX_NOTE_BYTES = 1_000_000;
export const MAX_NOTE_SIGNATURES = 100;

const KEY_ID_BYTES = 4;

export function formatNote({ text, signatures }: SignedNote): string {
  checkText(text);
  return `${text}\n${signatures.map(signatureLine).join('')}`;
}

/** `— <name> <base64(key id ‖ signature)>` and a newline. */
export function signatureLine({ name, keyId, signature }: NoteSignature): string {
  return `— ${name} ${toBase64(Buffer.concat([Buffer.from(keyId, 'hex'), signature]))}\n`;
}

export function parseNote(note: string): SignedNote {
  if (Buffer.byteLength(note) > MAX_NOTE_BYTES) throw malformed(`longer than ${MAX_NOTE_BYTES} bytes`);
  const split = note.lastIndexOf('\n\n');
  if (split < 0) throw malformed('no empty line before the signatures');
  const text = note.slice(0, split + 1);
  checkText(text);
  return { text, signatures: parseSignatureLines(note.slice(split + 2)) };
}

/** One or more signature lines, each ended by a newline. */
export function parseSignatureLines(lines: string): NoteSignature[] {
  if (!lines.endsWith('\n')) throw malformed('the last signature line has no end');
  const split = lines.slice(0, -1).split('\n');
  if (split.length > MAX_NOTE_SIGNATURES) throw malformed(`more than ${MAX_NOTE_SIGNATURES} signatures`);
  return split.map(parseSignatureLine);
}

/** The text of a note from bytes that must be UTF-8. */
export function noteFromBytes(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw malformed('not UTF-8');
  }
}

function parseSignatureLine(line: string): NoteSignature {
  const [dash, name, base64, ...more] = line.split(' ');
  if (dash !== '—' || name === undefined || base64 === undefined || more.length > 0) throw malformed('a signature line is malformed');
  if (!isKeyName(name)) throw malformed('a signature line names no key');
  const bytes = fromBase64(base64);
  if (bytes.length <= KEY_ID_BYTES) throw malformed('a signature is too short');
  return { name, keyId: bytes.toString('hex', 0, KEY_ID_BYTES), signature: bytes.subarray(KEY_ID_BYTES) };
}

function checkText(text: string): void {
  if (!text.endsWith('\n')) throw malformed('the text does not end in a newline');
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x20 && code !== 0x0a) throw malformed('a control character in the text');
  }
  if (/\p{Cs}/u.test(text)) throw malformed('half a character in the text');
}

function malformed(what: string): LogFault {
  return new LogFault('NOTE_MALFORMED', `Not a signed note: ${what}`);
}
