import { sha256 } from '../hashing/sha256.js';
import { LogFault } from '../log-fault.js';

/** What a key signs: note texts as they are, or cosignatures with a time. The byte is part of the key's id. */
export type KeyAlgorithm = 'ed25519' | 'cosignature/v1';

const ALGORITHM_BYTES: Readonly<Record<KeyAlgorithm, number>> = { ed25519: 0x01, 'cosignature/v1': 0x04 };

export function algorithmByte(algorithm: KeyAlgorithm): number {
  return ALGORITHM_BYTES[algorithm];
}

export function algorithmOf(byte: number | undefined): KeyAlgorithm | undefined {
  if (byte === ALGORITHM_BYTES.ed25519) return 'ed25519';
  if (byte === ALGORITHM_BYTES['cosignature/v1']) return 'cosignature/v1';
  return undefined;
}

/** First four bytes of SHA-256(name ‖ 0x0A ‖ algorithm ‖ public key), as eight hex digits. */
export function keyIdOf(name: string, algorithm: KeyAlgorithm, publicKey: Uint8Array): string {
  const input = Buffer.concat([Buffer.from(`${name}\n`, 'utf8'), Buffer.of(algorithmByte(algorithm)), publicKey]);
  return sha256(input).toString('hex', 0, 4);
}

/** Key names are not empty and hold no space and no plus; nor control characters, which a note could not carry. */
export function checkKeyName(name: string): void {
  if (!isKeyName(name)) throw new LogFault('KEY_NAME_MALFORMED', `${JSON.stringify(name)} cannot name a key`);
}

export function isKeyName(name: string): boolean {
  return /^[^\s+\p{Cc}\p{Cs}\u0085]+$/u.test(name);
}
