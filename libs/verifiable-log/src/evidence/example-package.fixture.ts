import type { SealedValue } from '@brain/contracts';
import { entryOf } from '../entry/event-entry.js';
import { sha256 } from '../hashing/sha256.js';
import type { NoteSigner } from '../notes/signing-key.js';
import { inclusionProof } from '../proofs/inclusion-proof.js';
import { formatTlogProof } from '../proofs/tlog-proof.js';
import { eventAt, logOf, ORIGIN, SIGNER } from '../verify/example-log.fixture.js';
import { EVIDENCE_FORMAT, signManifest, type EvidenceManifest } from './evidence-manifest.js';
import type { PackageFiles } from './package-files.js';
import { PACKAGE } from './package-names.js';

const SEALED: SealedValue = { alg: 'A256GCM', key: '0b1f7f0e-3f6d-4a55-9b7e-0d9d5c0a1b2c', iv: 'aaaa', ciphertext: 'bbbb', tag: 'cccc' };
const events = Array.from({ length: 10 }, (_, at) => eventAt(at, { caseId: `case-${at}`, note: SEALED }));

export type Files = Map<string, string>;

/** A package of three events as an honest keeper of the log makes it, but for what `change` does before it is signed. */
export async function examplePackage(change: (files: Files) => void = () => undefined, signers: readonly NoteSigner[] = [SIGNER]): Promise<Files> {
  const log = logOf(events.map(entryOf), signers);
  const checkpoint = (await log.checkpoint()) ?? '';
  const files: Files = new Map([[PACKAGE.checkpoint, checkpoint], [PACKAGE.summary, '<p>三件事</p>']]);
  for (const index of [2, 5, 6]) {
    const event = events[index] ?? eventAt(index);
    files.set(PACKAGE.event(event.eventId), entryOf(event).toString('utf8'));
    files.set(PACKAGE.proof(event.eventId), formatTlogProof({ index, hashes: await inclusionProof(log, index, 10), checkpoint }));
    files.set(PACKAGE.readable(event.eventId), JSON.stringify({ eventId: event.eventId, data: { ...event.data, note: '王奶奶' } }));
  }
  change(files);
  sign(files, signers);
  return files;
}

export const ID = (index: number): string => eventAt(index).eventId;

function sign(files: Files, signers: readonly NoteSigner[]): void {
  const listed = [...files].map(([path, text]) => ({ path, size: Buffer.byteLength(text), sha256: sha256(Buffer.from(text)).toString('hex') }));
  const manifest: EvidenceManifest = {
    format: EVIDENCE_FORMAT,
    asked: { about: 'case', id: 'case-2', by: 'ana', at: '2026-03-01T08:00:00.000Z' },
    origin: ORIGIN,
    keyIds: signers.map(({ keyId }) => keyId),
    treeSize: 10,
    root: '',
    events: { count: 3, withheld: 0 },
    attachments: [],
    files: listed,
  };
  files.set(PACKAGE.manifest, JSON.stringify(manifest));
  files.set(PACKAGE.manifestNote, signManifest(ORIGIN, Buffer.from(JSON.stringify(manifest)), signers));
}

export function asPackage(files: Files): PackageFiles {
  return { names: new Set(files.keys()), read: (name) => Promise.resolve(Buffer.from(files.get(name) ?? '')) };
}
