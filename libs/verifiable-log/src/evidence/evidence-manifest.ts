import { sha256 } from '../hashing/sha256.js';
import { LogFault } from '../log-fault.js';
import { openNote } from '../notes/open-note.js';
import { signNote, type NoteSigner } from '../notes/signing-key.js';
import type { NoteVerifier } from '../notes/verifier-key.js';

/** First line of the statement that is signed. */
export const EVIDENCE_FORMAT = 'community-brain-evidence/v1';

export interface EvidenceFile {
  readonly path: string;
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
}

/** What is in an evidence package. */
export interface EvidenceManifest {
  readonly format: typeof EVIDENCE_FORMAT;
  readonly asked: EvidenceAsked;
  readonly origin: string;
  /** Ids of the keys that signed. */
  readonly keyIds: readonly string[];
  /** The log at the package's checkpoint. */
  readonly treeSize: number;
  readonly root: string;
  readonly events: {
    readonly count: number;
    /** Belong to it and are outside the areas of who asked. */
    readonly withheld: number;
  };
  /** Photos and other files of the cases. */
  readonly attachments: readonly EvidenceFile[];
  /** Every file but the manifest and its signature. */
  readonly files: readonly EvidenceFile[];
}

export interface EvidenceAsked {
  readonly about: 'case' | 'person' | 'evaluation';
  readonly id: string;
  /** Of a person's period: inclusive, exclusive. */
  readonly from?: string;
  readonly to?: string;
  readonly by: string;
  readonly at: string;
}

/**
 * Who keeps the log signs what it gave away: a package whose summary, readable texts or list of events was changed
 * afterwards is found. The second line is no number, so the statement can never be taken for a checkpoint.
 */
export function signManifest(origin: string, manifest: Uint8Array, signers: readonly NoteSigner[]): string {
  return signManifestHash(origin, sha256(manifest).toString('hex'), signers);
}

/** The same for a manifest of which the SHA-256 is known, in hex. */
export function signManifestHash(origin: string, hash: string, signers: readonly NoteSigner[]): string {
  return signNote(statementOf(origin, hash), signers);
}

/** @throws LogFault KEY_UNKNOWN, SIGNATURE_INVALID, MANIFEST_MISMATCH */
export function openManifest(note: string, manifest: Uint8Array, origin: string, verifiers: readonly NoteVerifier[]): EvidenceManifest {
  if (openNote(note, verifiers).text !== statementOf(origin, sha256(manifest).toString('hex'))) {
    throw new LogFault('MANIFEST_MISMATCH', 'The manifest is not the one that was signed, or is of another log');
  }
  return JSON.parse(Buffer.from(manifest).toString('utf8')) as EvidenceManifest;
}

function statementOf(origin: string, hash: string): string {
  return `${EVIDENCE_FORMAT}\n${origin}\n${hash}\n`;
}
