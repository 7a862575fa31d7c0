import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import type { StoredEvent } from '@brain/contracts';
import { writeDurably } from '@brain/service-kit';
import {
  entryOf,
  followKeyRotations,
  LogFault,
  openCheckpoint,
  parseVerifierKey,
  rotationsIn,
  sameBytes,
  verifyAgainst,
  verifyLog,
  verifyPackage,
  verifyTlogProof,
  type CheckpointPolicy,
  type LogReader,
  type OpenedCheckpoint,
  type PackageFiles,
} from '@brain/verifiable-log';
import { ExportedLog } from './exported-log.js';
import { evidenceAt } from './evidence-files.js';
import { ServedLog } from './served-log.js';

export interface RecordCheck {
  /** A proof file, an evidence package or its folder, the folder of a log, or its address. */
  readonly target: string;
  /** File of the event a proof file is about. */
  readonly event?: string;
  /** The pinned key, or a file that holds it. */
  readonly vkey: string;
  /** The name of the key when absent. */
  readonly origin?: string;
  /** File of a checkpoint that was kept. */
  readonly checkpoint?: string;
  /** Keep the newer checkpoint in that file. */
  readonly keep: boolean;
  readonly witnesses: readonly string[];
  readonly atLeast: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly onProgress: (checked: number, size: number) => void;
}

const storedEvent = z.strictObject({
  eventId: z.string(),
  streamId: z.string(),
  revision: z.number(),
  position: z.string().optional(),
  type: z.string(),
  data: z.record(z.string(), z.unknown()),
  metadata: z.record(z.string(), z.unknown()),
  recordedAt: z.string(),
});

/** What was proven, in one line. Throws a `LogFault` when it is not, any other error when it could not be checked. */
export async function checkRecord(check: RecordCheck): Promise<string> {
  if (/^https?:\/\//.test(check.target)) return checkServer(check);
  const evidence = await evidenceAt(check.target);
  if (evidence !== undefined) return checkEvidence(check, evidence.files).finally(evidence.close);
  const isFolder = (await stat(check.target)).isDirectory();
  return isFolder ? checkFolder(check) : checkProof(check);
}

async function checkProof(check: RecordCheck): Promise<string> {
  if (check.event === undefined) throw new Error('A proof file is about an event: give its file too.');
  const event = storedEvent.parse(JSON.parse(await readFile(check.event, 'utf8'))) as unknown as StoredEvent;
  const { index, checkpoint } = verifyTlogProof(await readFile(check.target, 'utf8'), entryOf(event), await policyOf(check, []));
  return `event ${event.eventId} is entry ${index} of ${describe(checkpoint)}`;
}

/** A checkpoint that was kept says whether the package's log is the one known: equal sizes have equal roots; more needs the log itself. */
async function checkEvidence(check: RecordCheck, files: PackageFiles): Promise<string> {
  const policy = await policyOf(check, await rotationsIn(files));
  const { manifest, checkpoint } = await verifyPackage(files, { ...policy, onProgress: check.onProgress });
  const kept = check.checkpoint === undefined ? undefined : openCheckpoint(await readFile(check.checkpoint, 'utf8'), { origin: policy.origin, verifiers: policy.verifiers });
  if (kept !== undefined && kept.size === checkpoint.size && !sameBytes(kept.root, checkpoint.root)) {
    throw new LogFault('HISTORY_FORKED', `The package and the kept checkpoint have different trees of ${kept.size} entries`);
  }
  if (kept !== undefined && kept.size !== checkpoint.size) throw new Error(`A package of ${count(checkpoint.size)} entries cannot be compared with a kept checkpoint of ${count(kept.size)}: verify the log against it`);
  const { asked, events } = manifest;
  const withheld = events.withheld === 0 ? '' : `, ${count(events.withheld)} withheld`;
  return `all ${count(events.count)} events of the evidence about ${asked.about} ${asked.id}${withheld} are in ${describe(checkpoint)}, and nothing in the package was changed`;
}

async function checkFolder(check: RecordCheck): Promise<string> {
  const log = new ExportedLog(check.target);
  const policy = await policyOf(check, await log.keyRotations());
  const checkpoint = await verifyLog(log, { ...policy, onProgress: check.onProgress });
  const continued = check.checkpoint === undefined ? '' : `, and continue the checkpoint of ${await continues(check, log, policy)}`;
  return `all entries fit ${describe(checkpoint)}${continued}`;
}

async function checkServer(check: RecordCheck): Promise<string> {
  const log = new ServedLog(check.target, { headers: check.headers });
  const policy = await policyOf(check, await log.keyRotations());
  if (check.checkpoint === undefined) return `all entries fit ${describe(await verifyLog(log, { ...policy, onProgress: check.onProgress }))}`;
  const before = await continues(check, log, policy);
  return `the log at ${check.target} continues the checkpoint of ${before}`;
}

/** Against the kept checkpoint; the first one is kept as it is, if it is to be kept. */
async function continues(check: RecordCheck, log: LogReader, policy: CheckpointPolicy): Promise<string> {
  const file = check.checkpoint ?? '';
  const kept = await readKept(file, check.keep);
  const shown = kept === undefined ? openCheckpoint((await log.checkpoint()) ?? '', policy) : await verifyAgainst(kept, log, policy);
  if (check.keep) await writeDurably([{ file, bytes: Buffer.from(shown.note) }]);
  const before = kept === undefined ? 0 : openCheckpoint(kept, { origin: policy.origin, verifiers: policy.verifiers }).size;
  return `${count(before)} entries; it has ${count(shown.size)} now`;
}

async function readKept(file: string, mayBeMissing: boolean): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (mayBeMissing && typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function policyOf(check: RecordCheck, rotations: readonly string[]): Promise<CheckpointPolicy> {
  const vkey = await keyText(check.vkey);
  const origin = check.origin ?? parseVerifierKey(vkey).name;
  const witnesses = { verifiers: (await Promise.all(check.witnesses.map(keyText))).map(parseVerifierKey), atLeast: check.atLeast };
  return { origin, verifiers: followKeyRotations(vkey, origin, rotations), witnesses };
}

/** A key as text, or the first line of the file that is named. */
async function keyText(keyOrFile: string): Promise<string> {
  if (/^[^+]+\+[0-9a-f]{8}\+/.test(keyOrFile)) return keyOrFile;
  return (await readFile(keyOrFile, 'utf8')).split('\n')[0] ?? '';
}

function describe({ origin, size, root }: OpenedCheckpoint): string {
  return `the log ${origin} of ${count(size)} entries (root ${Buffer.from(root).toString('base64')})`;
}

const count = (value: number): string => value.toLocaleString('en');
