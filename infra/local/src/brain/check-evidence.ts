import { writeDurably } from '@brain/service-kit';
import { openCheckpoint, rotationsIn, verifyPackage, type OpenedCheckpoint, type PackageFiles } from '@brain/verifiable-log';
import { ExportedLog } from './exported-log.js';
import { requireOneHistory } from './one-history.js';
import { keptIn, policyOf, type RecordCheck } from './record-check.js';
import { isAddress, ServedLog } from './served-log.js';
import { count, describe } from './told-checkpoint.js';

/** A whole evidence package and, with a checkpoint that was kept, that both are of one history. What was proven, in one line. */
export async function checkEvidence(check: RecordCheck, files: PackageFiles): Promise<string> {
  const rotations = await rotationsIn(files);
  const { manifest, checkpoint } = await verifyPackage(files, { ...(await policyOf(check, rotations)), onProgress: check.onProgress });
  const continued = check.checkpoint === undefined ? '' : await compared(check, checkpoint, rotations);
  const { asked, events } = manifest;
  const withheld = events.withheld === 0 ? '' : `, ${count(events.withheld)} withheld`;
  return `all ${count(events.count)} events of the evidence about ${asked.about} ${asked.id}${withheld} are in ${describe(checkpoint)}, and nothing in the package was changed${continued}`;
}

/** With the kept checkpoint; the newer of the two is kept, if one is to be. */
async function compared(check: RecordCheck, shown: OpenedCheckpoint, rotations: readonly string[]): Promise<string> {
  const text = await keptIn(check);
  const log = logOf(check);
  const kept = text === undefined ? undefined : await openKept(check, text, [...rotations, ...((await log?.keyRotations()) ?? [])]);
  if (kept !== undefined) await requireOneHistory(kept, shown, log);
  const size = kept?.size ?? 0;
  if (check.keep && shown.size >= size) await writeDurably([{ file: check.checkpoint ?? '', bytes: Buffer.from(shown.note) }]);
  if (size === shown.size) return '; its log is that of the kept checkpoint';
  return size < shown.size ? `; its log continues the kept checkpoint of ${count(size)} entries` : `; the kept checkpoint of ${count(size)} entries continues its log`;
}

/** It may have been signed after the package, with a key that came later. */
async function openKept(check: RecordCheck, text: string, rotations: readonly string[]): Promise<OpenedCheckpoint> {
  const { origin, verifiers } = await policyOf(check, [...new Set(rotations)]);
  return openCheckpoint(text, { origin, verifiers });
}

function logOf({ log, headers }: RecordCheck): ServedLog | ExportedLog | undefined {
  if (log === undefined) return undefined;
  return isAddress(log) ? new ServedLog(log, { headers }) : new ExportedLog(log);
}
