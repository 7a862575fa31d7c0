import { DomainError } from '@brain/contracts';
import { consistencyProof, parseCheckpoint, parseNote, sameBytes, signCheckpoint, verifyConsistency } from '@brain/verifiable-log';
import type { LogFolder } from './log-folder.js';
import type { LogHead } from './log-head.js';
import { readLogKeys } from './log-keys.js';
import type { LogSettings } from './log-settings.js';

/**
 * Signs what is decided and puts it where everybody reads it; nothing when it stands there already. Before that it
 * makes sure that the tree continues the one signed last.
 * @throws DomainError LOG_ROLLED_BACK when more was signed than the database knows of; LogFault when the tree was changed
 */
export async function publishCheckpoint(folder: LogFolder, head: LogHead, settings: LogSettings): Promise<void> {
  const published = await folder.checkpoint();
  if (published === undefined && head.size === 0) return;
  const last = published === undefined ? undefined : parseCheckpoint(parseNote(published).text);
  if (last !== undefined && last.size >= head.size) {
    if (last.size === head.size && sameBytes(last.root, head.root)) return;
    throw new DomainError('LOG_ROLLED_BACK', `A log of ${last.size} entries is signed, the database knows only of ${head.size}: was a backup restored?`);
  }
  if (last !== undefined) verifyConsistency(last, head, await consistencyProof(folder, last.size, head.size));
  const keys = await readLogKeys(settings);
  await folder.writeCheckpoint(signCheckpoint({ origin: settings.origin, size: head.size, root: head.root }, keys));
}
