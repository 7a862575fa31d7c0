import { DomainError, type SealedValue } from '@brain/contracts';
import { decrypt, encrypt } from './cipher.js';

/** A person's key, in memory only. */
export interface DataKey {
  readonly keyId: string;
  readonly bytes: Buffer;
}

/** Lengths are told in steps of this many bytes: nobody shall tell names apart by their length. */
const STEP = 32;

/** @param place where the value stands; the sealed value cannot be read anywhere else */
export function sealValue({ keyId, bytes }: DataKey, value: unknown, place: string): SealedValue {
  const json = Buffer.from(JSON.stringify(value));
  // White space after JSON is no part of it.
  const padded = Buffer.alloc(Math.ceil(json.length / STEP) * STEP, ' ');
  json.copy(padded);
  const { iv, ciphertext, tag } = encrypt(bytes, padded, aadOf(keyId, place));
  const text = (part: Buffer) => part.toString('base64url');
  return { alg: 'A256GCM', key: keyId, iv: text(iv), ciphertext: text(ciphertext), tag: text(tag) };
}

/** @throws DomainError PERSONAL_DATA_CORRUPT: changed, moved from its place, or of another key */
export function openValue({ keyId, bytes }: DataKey, sealed: SealedValue, place: string): unknown {
  const part = (text: string) => Buffer.from(text, 'base64url');
  const { iv, ciphertext, tag } = sealed;
  try {
    const plain = decrypt(bytes, { iv: part(iv), ciphertext: part(ciphertext), tag: part(tag) }, aadOf(keyId, place));
    return JSON.parse(plain.toString('utf8')) as unknown;
  } catch {
    throw new DomainError('PERSONAL_DATA_CORRUPT', `The personal value at ${place} is not what was stored there`);
  }
}

function aadOf(keyId: string, place: string): Buffer {
  return Buffer.from(`${keyId}\n${place}`);
}
