import { readFile } from 'node:fs/promises';
import { followKeyRotations, isMissingFile, parseVerifierKey, type CheckpointPolicy } from '@brain/verifiable-log';

/** What is to be checked, against what. */
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
  /** Address or folder of the log, to compare a package with a kept checkpoint of another size. */
  readonly log?: string;
  readonly witnesses: readonly string[];
  readonly atLeast: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly onProgress: (checked: number, size: number) => void;
}

/** Whom to believe: the pinned key and those that it named, and so many witnesses. */
export async function policyOf(check: RecordCheck, rotations: readonly string[]): Promise<CheckpointPolicy> {
  const vkey = await keyText(check.vkey);
  const origin = check.origin ?? parseVerifierKey(vkey).name;
  const witnesses = { verifiers: (await Promise.all(check.witnesses.map(keyText))).map(parseVerifierKey), atLeast: check.atLeast };
  return { origin, verifiers: followKeyRotations(vkey, origin, rotations), witnesses };
}

/** The checkpoint that was kept; undefined: the first is yet to be kept. */
export async function keptIn({ checkpoint = '', keep }: RecordCheck): Promise<string | undefined> {
  try {
    return await readFile(checkpoint, 'utf8');
  } catch (error) {
    if (keep && isMissingFile(error)) return undefined;
    throw error;
  }
}

/** A key as text, or the first line of the file that is named. */
async function keyText(keyOrFile: string): Promise<string> {
  if (/^[^+]+\+[0-9a-f]{8}\+/.test(keyOrFile)) return keyOrFile;
  return (await readFile(keyOrFile, 'utf8')).split('\n')[0] ?? '';
}
