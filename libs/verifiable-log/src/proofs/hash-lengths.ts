import { HASH_BYTES } from '../hashing/sha256.js';
import { LogFault } from '../log-fault.js';

/** Every hash of a proof has 32 bytes. */
export function checkHashLengths(hashes: readonly Uint8Array[]): void {
  if (hashes.some((hash) => hash.length !== HASH_BYTES)) {
    throw new LogFault('PROOF_MALFORMED', `A hash of a proof has not ${HASH_BYTES} bytes`);
  }
}
