import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const TAG_BYTES = 16;

export const KEY_BYTES = 32;
/** 96 bits, as GCM wants it. Random: a key would have to encrypt 2^32 values before a repeat is worth a thought. */
export const IV_BYTES = 12;

export interface Encrypted {
  readonly iv: Buffer;
  readonly ciphertext: Buffer;
  readonly tag: Buffer;
}

/** AES-256-GCM. `aad` is not hidden, and must be the same to decrypt. */
export function encrypt(key: Buffer, plain: Buffer, aad: Buffer, iv: Buffer = randomBytes(IV_BYTES)): Encrypted {
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(aad);
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  return { iv, ciphertext, tag: cipher.getAuthTag() };
}

/** Throws when key, text, tag or `aad` is another than at encryption. */
export function decrypt(key: Buffer, { iv, ciphertext, tag }: Encrypted, aad: Buffer): Buffer {
  const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(aad).setAuthTag(tag);
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
}
