import { addSignatures, parseCheckpoint, parseNote, requestCosignature, WitnessRefusal, type NoteVerifier, type TileReader } from '@brain/verifiable-log';
import type { Witnessed } from './witnessed.js';

export interface WitnessAsked {
  readonly log: TileReader & { checkpoint(): Promise<string | undefined> };
  readonly witnessed: Witnessed;
  readonly verifier: NoteVerifier;
  readonly url: string;
  readonly timeoutMs: number;
  /** ISO 8601 UTC. */
  readonly now: () => string;
}

export type WitnessAnswer = 'cosigned' | 'up-to-date';

/**
 * Has one witness cosign the newest checkpoint, when it has not. What it says against us is kept before this throws: a
 * witness is asked so that a second history cannot stay unseen.
 */
export async function askWitness({ log, witnessed, verifier, url, timeoutMs, now }: WitnessAsked): Promise<WitnessAnswer> {
  const note = await log.checkpoint();
  if (note === undefined) return 'up-to-date';
  const last = await witnessed.cosigned(verifier.keyId);
  if (last !== undefined && parseNote(last).text === parseNote(note).text) return 'up-to-date';
  const { size: treeSize } = parseCheckpoint(parseNote(note).text);
  try {
    const cosignature = await requestCosignature(log, note, { url, verifier, timeoutMs }, Math.min(await witnessed.size(verifier.keyId), treeSize));
    await witnessed.keep(verifier.keyId, addSignatures(note, [cosignature]));
    return 'cosigned';
  } catch (error) {
    if (error instanceof WitnessRefusal && error.disputes && !(await isOvertaken(log, treeSize, error.seenSize))) await witnessed.keepDispute(verifier.keyId, { code: 'WITNESS_DISAGREES', message: error.message, treeSize, at: now() });
    throw error;
  }
}

/** Another process of ours was quicker: the witness knows more than we asked about, and so does the log by now. */
async function isOvertaken(log: WitnessAsked['log'], asked: number, seenSize: number | undefined): Promise<boolean> {
  const note = await log.checkpoint();
  return seenSize !== undefined && seenSize > asked && note !== undefined && parseCheckpoint(parseNote(note).text).size >= seenSize;
}
