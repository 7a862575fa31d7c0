import { openNote } from '../notes/open-note.js';
import { MAX_NOTE_BYTES, parseNote, type NoteSignature } from '../notes/signed-note.js';
import type { NoteVerifier } from '../notes/verifier-key.js';
import { parseCheckpoint } from '../checkpoint/checkpoint.js';
import { parseDecimal } from '../notes/decimal.js';
import { consistencyProof } from '../proofs/consistency-proof.js';
import { boundedBody } from '../tiles/bounded-body.js';
import type { TileReader } from '../tiles/tile-reader.port.js';
import { formatAddCheckpoint } from './add-checkpoint-request.js';

export interface WitnessAddress {
  /** Submission prefix, e.g. `https://witness.example`. */
  readonly url: string;
  /** Its public key: what it answers is only taken when this key made it. */
  readonly verifier: NoteVerifier;
  readonly timeoutMs?: number;
}

/** A witness that said no, with its status and words. */
export class WitnessRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** It says that it was shown another history: it knows a larger tree, another one of this size, or one this does not continue. */
    readonly disputes = false,
    /** How much it has cosigned, when it says so. */
    readonly seenSize?: number,
  ) {
    super(message);
    this.name = 'WitnessRefusal';
  }
}

/**
 * Asks a witness to cosign a checkpoint of this log (C2SP tlog-witness); the proof comes from the log's tiles. `oldSize`
 * is the size it cosigned last as far as is known; it says so itself when that is another one.
 */
export async function requestCosignature(log: TileReader, note: string, witness: WitnessAddress, oldSize = 0): Promise<NoteSignature> {
  const { text } = parseNote(note);
  const { size } = parseCheckpoint(text);
  let from = oldSize;
  let answer = await submit(log, note, size, witness, from);
  const cosignedSize = seenSizeIn(answer);
  if (cosignedSize !== undefined && cosignedSize !== from && cosignedSize <= size) {
    from = cosignedSize;
    answer = await submit(log, note, size, witness, from);
  }
  if (answer.status !== 200) throw refusal(witness.url, answer, from, size);
  const [cosignature] = openNote(`${text}\n${answer.body}`, [witness.verifier]).verified;
  if (cosignature === undefined) throw new WitnessRefusal(answer.status, `${witness.url} did not sign with its key`);
  return { name: cosignature.name, keyId: cosignature.keyId, signature: cosignature.signature };
}

/** 409 says from where on it would cosign (C2SP tlog-witness): the same once more means another tree of that size. */
function refusal(url: string, answer: Answer, from: number, size: number): WitnessRefusal {
  const seenSize = seenSizeIn(answer);
  const disputes = answer.status === 422 || seenSize === from || (seenSize ?? 0) > size;
  return new WitnessRefusal(answer.status, `${url} answered ${answer.status}: ${answer.body.trim().slice(0, 200)}`, disputes, seenSize);
}

function seenSizeIn({ status, body }: Answer): number | undefined {
  return status === 409 ? parseDecimal(body.trim()) : undefined;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

async function submit(log: TileReader, checkpoint: string, size: number, { url, timeoutMs = 10_000 }: WitnessAddress, oldSize: number): Promise<Answer> {
  const proof = await consistencyProof(log, oldSize, size);
  const answer = await fetch(`${url.replace(/\/+$/, '')}/add-checkpoint`, {
    method: 'POST',
    body: formatAddCheckpoint({ oldSize, proof, checkpoint }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  return { status: answer.status, body: (await boundedBody(answer, MAX_NOTE_BYTES)).toString('utf8') };
}
