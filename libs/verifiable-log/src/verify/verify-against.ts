import { openCheckpoint, type CheckpointPolicy, type OpenedCheckpoint } from '../checkpoint/checkpoint.js';
import { sameBytes } from '../hashing/same-bytes.js';
import { isLogFault, LogFault } from '../log-fault.js';
import { consistencyProof, verifyConsistency } from '../proofs/consistency-proof.js';
import type { LogReader } from '../tiles/tile-reader.port.js';

/**
 * Checks that what a log shows now continues the checkpoint that was kept: same origin, a trusted key, not smaller,
 * and a consistency proof computed from its tiles. Returns the newer checkpoint, which is the one to keep from now on.
 */
export async function verifyAgainst(kept: string, log: LogReader, policy: CheckpointPolicy): Promise<OpenedCheckpoint> {
  const older = openCheckpoint(kept, { origin: policy.origin, verifiers: policy.verifiers });
  const note = await log.checkpoint();
  if (note === undefined) throw new LogFault('CHECKPOINT_MISSING', 'The log shows no checkpoint');
  const newer = openCheckpoint(note, policy);
  if (newer.size < older.size) {
    throw new LogFault('TREE_SHRUNK', `The log shows ${newer.size} entries, the kept checkpoint has ${older.size}: entries were removed or an old checkpoint is replayed`);
  }
  if (newer.size === older.size && !sameBytes(newer.root, older.root)) {
    throw new LogFault('HISTORY_FORKED', `Two different trees of ${newer.size} entries are signed by this log`);
  }
  const proof = await consistencyProof(log, older.size, newer.size);
  try {
    verifyConsistency(older, newer, proof);
  } catch (error) {
    if (!isLogFault(error)) throw error;
    throw new LogFault('HISTORY_FORKED', `The log of ${newer.size} entries does not continue the kept checkpoint of ${older.size}`);
  }
  return newer;
}
