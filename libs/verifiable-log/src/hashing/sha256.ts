import { hash } from 'node:crypto';

export const HASH_BYTES = 32;

/** SHA-256 of the whole input. */
export function sha256(input: Uint8Array): Buffer {
  return Buffer.from(hash('sha256', input, 'binary'), 'latin1');
}

/**
 * Writes the SHA-256 of `input` at `offset` of `target`. The one-shot hash as a Latin-1 text is three times
 * as fast on Node 20 as any way that gives a Buffer.
 */
export function sha256Into(input: Uint8Array, target: Buffer, offset: number): void {
  target.write(hash('sha256', input, 'binary'), offset, 'latin1');
}
