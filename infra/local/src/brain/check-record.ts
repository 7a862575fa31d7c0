import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import type { StoredEvent } from '@brain/contracts';
import { writeDurably } from '@brain/service-kit';
import { entryOf, openCheckpoint, unambiguousJson, verifyAgainst, verifyLog, verifyTlogProof, type CheckpointPolicy, type LogReader } from '@brain/verifiable-log';
import { checkEvidence } from './check-evidence.js';
import { evidenceAt } from './evidence-files.js';
import { ExportedLog } from './exported-log.js';
import { isAddress, ServedLog } from './served-log.js';
import { keptIn, policyOf, type RecordCheck } from './record-check.js';
import { count, describe } from './told-checkpoint.js';

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
  if (isAddress(check.target)) return checkServer(check);
  const evidence = await evidenceAt(check.target);
  if (evidence !== undefined) {
    try {
      return await checkEvidence(check, evidence.files);
    } finally {
      await evidence.close();
    }
  }
  if (check.log !== undefined) throw new Error('--log compares an evidence package with a kept checkpoint; this is none.');
  const isFolder = (await stat(check.target)).isDirectory();
  return isFolder ? checkFolder(check) : checkProof(check);
}

async function checkProof(check: RecordCheck): Promise<string> {
  if (check.event === undefined) throw new Error('A proof file is about an event: give its file too.');
  const event = storedEvent.parse(unambiguousJson(await readFile(check.event, 'utf8'))) as unknown as StoredEvent;
  const { index, checkpoint } = verifyTlogProof(await readFile(check.target, 'utf8'), entryOf(event), await policyOf(check, []));
  return `event ${event.eventId} is entry ${index} of ${describe(checkpoint)}`;
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
  const kept = await keptIn(check);
  const shown = kept === undefined ? openCheckpoint((await log.checkpoint()) ?? '', policy) : await verifyAgainst(kept, log, policy);
  if (check.keep) await writeDurably([{ file: check.checkpoint ?? '', bytes: Buffer.from(shown.note) }]);
  const before = kept === undefined ? 0 : openCheckpoint(kept, { origin: policy.origin, verifiers: policy.verifiers }).size;
  return `${count(before)} entries; it has ${count(shown.size)} now`;
}
