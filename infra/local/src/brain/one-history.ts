import { consistencyProof, isLogFault, LogFault, sameBytes, verifyConsistency, type OpenedCheckpoint, type TileReader } from '@brain/verifiable-log';
import { count } from './told-checkpoint.js';

/**
 * Throws unless the larger of two signed checkpoints continues the smaller. Of one size their roots tell; of two sizes
 * the hashes of the log in between do, wherever they come from: both roots are signed, so nothing has to be trusted.
 */
export async function requireOneHistory(one: OpenedCheckpoint, other: OpenedCheckpoint, log: TileReader | undefined): Promise<void> {
  const [older, newer] = one.size <= other.size ? [one, other] : [other, one];
  if (older.size === newer.size) {
    if (!sameBytes(older.root, newer.root)) throw new LogFault('HISTORY_FORKED', `The package and the kept checkpoint have different trees of ${count(older.size)} entries`);
    return;
  }
  if (log === undefined) {
    throw notComparable(`the package is of the log of ${count(other.size)} entries and proven, but the kept checkpoint is of ${count(one.size)}, and only hashes of the log tell whether the two are one history. Give --log <address or folder of the log>`);
  }
  const proof = await proofFrom(log, older.size, newer.size);
  try {
    verifyConsistency(older, newer, proof);
  } catch (error) {
    if (!isLogFault(error)) throw error;
    throw new LogFault('HISTORY_FORKED', `By the hashes of that log, the log of ${count(newer.size)} entries does not continue the log of ${count(older.size)}`);
  }
}

async function proofFrom(log: TileReader, older: number, newer: number): Promise<readonly Uint8Array[]> {
  try {
    return await consistencyProof(log, older, newer);
  } catch (error) {
    if (isLogFault(error) && error.code === 'TILE_MISSING') throw notComparable(`that log does not have all hashes of the log of ${count(newer)} entries`);
    throw error;
  }
}

/** Neither proven nor refuted. */
function notComparable(why: string): Error {
  return new Error(`CHECKPOINT_NOT_COMPARABLE: ${why}`);
}
