import type { StoredEvent } from '@brain/contracts';
import { openCheckpoint, type CheckpointPolicy, type OpenedCheckpoint } from '../checkpoint/checkpoint.js';
import { entryOf } from '../entry/event-entry.js';
import { unambiguousJson } from '../entry/unambiguous-json.js';
import { sha256 } from '../hashing/sha256.js';
import { LogFault } from '../log-fault.js';
import { verifyTlogProof } from '../proofs/tlog-proof.js';
import { openManifest, type EvidenceFile, type EvidenceManifest } from './evidence-manifest.js';
import type { PackageFiles } from './package-files.js';
import { PACKAGE } from './package-names.js';
import { readsLike } from './reads-like.js';

export interface PackageCheck extends CheckpointPolicy {
  readonly onProgress?: (checked: number, of: number) => void;
}

export interface VerifiedPackage {
  readonly manifest: EvidenceManifest;
  readonly checkpoint: OpenedCheckpoint;
}

/**
 * Throws unless the package is as it was signed, and every event of it is in the log of this policy: no file changed,
 * added or taken away, every proof against the one checkpoint, and every readable text the event's own but for what is
 * encrypted there.
 */
export async function verifyPackage(files: PackageFiles, { onProgress, ...policy }: PackageCheck): Promise<VerifiedPackage> {
  const manifest = openManifest(await textOf(files, PACKAGE.manifestNote), await bytesOf(files, PACKAGE.manifest), policy.origin, policy.verifiers);
  await checkFiles(files, manifest.files);
  const note = await textOf(files, PACKAGE.checkpoint);
  const checkpoint = openCheckpoint(note, policy);
  const ids = manifest.files.flatMap(({ path }) => PACKAGE.eventIn(path) ?? []);
  if (ids.length !== manifest.events.count) throw new LogFault('PACKAGE_MALFORMED', `${manifest.events.count} events are promised, ${ids.length} are there`);
  for (const [index, id] of ids.entries()) {
    await checkEvent(files, id, note, policy);
    onProgress?.(index + 1, ids.length);
  }
  return { manifest, checkpoint };
}

/** The statements by which each key of the log named its successor, as the package has them. */
export async function rotationsIn(files: PackageFiles): Promise<readonly string[]> {
  const names = [...files.names].filter((name) => name.startsWith(PACKAGE.rotations)).sort();
  return Promise.all(names.map((name) => textOf(files, name)));
}

async function checkFiles(files: PackageFiles, listed: readonly EvidenceFile[]): Promise<void> {
  const known = new Set([...listed.map(({ path }) => path), PACKAGE.manifest, PACKAGE.manifestNote]);
  const added = [...files.names].find((name) => !known.has(name));
  if (added !== undefined) throw new LogFault('PACKAGE_FILE_ADDED', `${added} is not in the manifest`);
  for (const { path, size, sha256: hash } of listed) {
    const bytes = await bytesOf(files, path);
    if (bytes.length !== size || sha256(bytes).toString('hex') !== hash) throw new LogFault('PACKAGE_FILE_CHANGED', `${path} is not what the manifest says`);
  }
}

async function checkEvent(files: PackageFiles, id: string, note: string, policy: CheckpointPolicy): Promise<void> {
  const event = unambiguousJson(await textOf(files, PACKAGE.event(id))) as StoredEvent;
  const proof = await textOf(files, PACKAGE.proof(id));
  if (!proof.endsWith(`\n\n${note}`)) throw new LogFault('CHECKPOINT_MISMATCH', `The proof of ${id} has another checkpoint than the package`);
  if (event.eventId !== id) throw new LogFault('PACKAGE_MALFORMED', `${PACKAGE.event(id)} is another event`);
  verifyTlogProof(proof, entryOf(event), policy);
  const readable = PACKAGE.readable(id);
  if (!files.names.has(readable)) return;
  const { data } = unambiguousJson(await textOf(files, readable)) as { readonly data?: unknown };
  if (!readsLike(event.data, data)) throw new LogFault('READABLE_MISMATCH', `${readable} says something else than the event`);
}

async function bytesOf(files: PackageFiles, name: string): Promise<Uint8Array> {
  if (files.names.has(name)) return files.read(name);
  throw new LogFault('PACKAGE_FILE_MISSING', `${name} is missing`);
}

async function textOf(files: PackageFiles, name: string): Promise<string> {
  return Buffer.from(await bytesOf(files, name)).toString('utf8');
}
