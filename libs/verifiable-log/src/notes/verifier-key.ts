import { createPublicKey, verify } from 'node:crypto';
import { LogFault } from '../log-fault.js';
import { fromBase64, toBase64 } from './base64.js';
import { cosignedMessage, readTimestamped } from './cosigned-message.js';
import { algorithmByte, algorithmOf, checkKeyName, isKeyName, keyIdOf, type KeyAlgorithm } from './key-id.js';

/** Checks the signatures of one key. */
export interface NoteVerifier {
  readonly name: string;
  readonly keyId: string;
  readonly algorithm: KeyAlgorithm;
  /** The key as text: `<name>+<key id>+<base64(algorithm ‖ public key)>`. */
  readonly vkey: string;
  verify(text: string, signature: Uint8Array): boolean;
}

const PUBLIC_KEY_BYTES = 32;
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** The text of a public key. */
export function formatVerifierKey(name: string, algorithm: KeyAlgorithm, publicKey: Uint8Array): string {
  checkKeyName(name);
  const keyId = keyIdOf(name, algorithm, publicKey);
  return `${name}+${keyId}+${toBase64(Buffer.concat([Buffer.of(algorithmByte(algorithm)), publicKey]))}`;
}

/** A verifier from the text of a public key (vkey). Refuses a text whose id is not that of its key. */
export function parseVerifierKey(vkey: string): NoteVerifier {
  const [, name = '', keyId = '', base64 = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? [];
  if (!isKeyName(name)) throw malformed(vkey);
  const key = keyBytes(base64, vkey);
  const algorithm = algorithmOf(key[0]);
  const publicKey = key.subarray(1);
  if (algorithm === undefined || publicKey.length !== PUBLIC_KEY_BYTES) throw malformed(vkey);
  if (keyIdOf(name, algorithm, publicKey) !== keyId) throw malformed(vkey);
  return { name, keyId, algorithm, vkey, verify: verifierOf(algorithm, publicKey) };
}

function verifierOf(algorithm: KeyAlgorithm, publicKey: Uint8Array): NoteVerifier['verify'] {
  const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, publicKey]), format: 'der', type: 'spki' });
  switch (algorithm) {
    case 'ed25519':
      return (text, signature) => verify(null, Buffer.from(text, 'utf8'), key, signature);
    case 'cosignature/v1':
      return (text, signature) => {
        const timestamped = readTimestamped(signature);
        return timestamped !== undefined && verify(null, cosignedMessage(text, timestamped.time), key, timestamped.signature);
      };
  }
}

function keyBytes(base64: string, vkey: string): Buffer {
  try {
    return fromBase64(base64);
  } catch {
    throw malformed(vkey);
  }
}

function malformed(vkey: string): LogFault {
  return new LogFault('VERIFIER_KEY_MALFORMED', `${JSON.stringify(vkey)} is not a verifier key (name+id+key)`);
}
