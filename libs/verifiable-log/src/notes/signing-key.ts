import { createPrivateKey, createPublicKey, randomBytes, sign, type KeyObject } from 'node:crypto';
import { LogFault } from '../log-fault.js';
import { fromBase64, toBase64 } from './base64.js';
import { cosignedMessage, writeTimestamped } from './cosigned-message.js';
import { algorithmByte, algorithmOf, checkKeyName, isKeyName, keyIdOf, type KeyAlgorithm } from './key-id.js';
import { formatNote, parseNote, type NoteSignature } from './signed-note.js';
import { formatVerifierKey } from './verifier-key.js';

/** A private key that signs notes. A `cosignature/v1` key needs the time of its cosignature. */
export interface NoteSigner {
  readonly name: string;
  readonly keyId: string;
  readonly algorithm: KeyAlgorithm;
  /** Its public half. */
  readonly vkey: string;
  sign(text: string): NoteSignature;
}

export interface SigningKeyText {
  /** Secret: `PRIVATE+KEY+<name>+<key id>+<base64(algorithm ‖ seed)>`, as golang.org/x/mod/sumdb/note writes it. */
  readonly skey: string;
  readonly vkey: string;
}

const SEED_BYTES = 32;
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A new key for a log (`ed25519`) or a witness (`cosignature/v1`). */
export function generateSigningKey(name: string, algorithm: KeyAlgorithm = 'ed25519', seed: Uint8Array = randomBytes(SEED_BYTES)): SigningKeyText {
  checkKeyName(name);
  const publicKey = publicKeyOf(privateKeyFrom(seed));
  const secret = toBase64(Buffer.concat([Buffer.of(algorithmByte(algorithm)), seed]));
  return {
    skey: `PRIVATE+KEY+${name}+${keyIdOf(name, algorithm, publicKey)}+${secret}`,
    vkey: formatVerifierKey(name, algorithm, publicKey),
  };
}

/** A signer from the text of a private key. Its errors never repeat the text. `now` is asked for each cosignature. */
export function parseSigningKey(skey: string, now: () => Date = () => new Date()): NoteSigner {
  const [, name = '', keyId = '', base64 = ''] = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(skey) ?? [];
  const secret = secretBytes(base64);
  const algorithm = algorithmOf(secret[0]);
  const seed = secret.subarray(1);
  if (!isKeyName(name) || algorithm === undefined || seed.length !== SEED_BYTES) throw malformed();
  const privateKey = privateKeyFrom(seed);
  const publicKey = publicKeyOf(privateKey);
  if (keyIdOf(name, algorithm, publicKey) !== keyId) throw malformed();
  const signText = signerOf(algorithm, privateKey, now);
  const vkey = formatVerifierKey(name, algorithm, publicKey);
  return { name, keyId, algorithm, vkey, sign: (text) => ({ name, keyId, signature: signText(text) }) };
}

/** A note over `text`, which ends in a newline, with a line for each signer. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  return formatNote({ text, signatures: signers.map((signer) => signer.sign(text)) });
}

/** The same note with more signatures. A line of the same key is replaced. */
export function addSignatures(note: string, added: readonly NoteSignature[]): string {
  const { text, signatures } = parseNote(note);
  const kept = signatures.filter((old) => !added.some(({ name, keyId }) => name === old.name && keyId === old.keyId));
  return formatNote({ text, signatures: [...kept, ...added] });
}

function signerOf(algorithm: KeyAlgorithm, key: KeyObject, now: () => Date): (text: string) => Uint8Array {
  switch (algorithm) {
    case 'ed25519':
      return (text) => sign(null, Buffer.from(text, 'utf8'), key);
    case 'cosignature/v1':
      return (text) => {
        const time = BigInt(Math.floor(now().getTime() / 1000));
        return writeTimestamped({ time, signature: sign(null, cosignedMessage(text, time), key) });
      };
  }
}

function privateKeyFrom(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
}

function publicKeyOf(privateKey: KeyObject): Buffer {
  return createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-SEED_BYTES);
}

function secretBytes(base64: string): Buffer {
  try {
    return fromBase64(base64);
  } catch {
    throw malformed();
  }
}

function malformed(): LogFault {
  return new LogFault('SIGNING_KEY_MALFORMED', 'Not a signing key (PRIVATE+KEY+name+id+key)');
}
