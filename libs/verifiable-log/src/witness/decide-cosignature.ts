import { parseCheckpoint, type Checkpoint } from '../checkpoint/checkpoint.js';
import { EMPTY_ROOT } from '../hashing/merkle-hash.js';
import { sameBytes } from '../hashing/same-bytes.js';
import { isLogFault, type LogFaultCode } from '../log-fault.js';
import { fromBase64 } from '../notes/base64.js';
import { openNote } from '../notes/open-note.js';
import { parseNote } from '../notes/signed-note.js';
import type { NoteVerifier } from '../notes/verifier-key.js';
import { verifyConsistency } from '../proofs/consistency-proof.js';
import { parseAddCheckpoint, type AddCheckpointRequest } from './add-checkpoint-request.js';

/** The last checkpoint a witness cosigned for an origin: all it has to remember, and must never forget. */
export interface WitnessRecord {
  readonly size: number;
  /** Base64. */
  readonly root: string;
  /** The signed checkpoint itself: evidence, should another history turn up. */
  readonly note: string;
}

/** What a witness knows when it is asked. */
export interface WitnessView {
  /** Trusted keys by origin; an origin without any is unknown. */
  readonly logs: ReadonlyMap<string, readonly NoteVerifier[]>;
  /** Records by origin. */
  readonly seen: ReadonlyMap<string, WitnessRecord>;
}

/** `cosign`: persist `record`, then sign `text` and answer 200. Otherwise answer with the status; 409 carries the size to start from. */
export type WitnessDecision =
  | { readonly answer: 'cosign'; readonly origin: string; readonly text: string; readonly record: WitnessRecord }
  | { readonly answer: 'refuse'; readonly status: 400 | 403 | 404 | 409 | 422; readonly code: LogFaultCode | 'ORIGIN_UNKNOWN' | 'WITNESS_AHEAD'; readonly reason: string; readonly seenSize: number };

type Refusal = Extract<WitnessDecision, { answer: 'refuse' }>;

/** Cosigns only what extends what was cosigned before (C2SP tlog-witness). Pure: whoever calls it persists before signing. */
export function decideCosignature(body: string, { logs, seen }: WitnessView): WitnessDecision {
  const read = attempt(400, 0, () => readRequest(body));
  if ('answer' in read) return read;
  const { request, text, checkpoint } = read;
  const { origin, size } = checkpoint;
  const verifiers = logs.get(origin);
  if (verifiers === undefined) return refuse(404, 'ORIGIN_UNKNOWN', `No log ${origin} is witnessed here`, 0);
  const last = seen.get(origin);
  const seenSize = last?.size ?? 0;
  const opened = attempt(403, seenSize, () => openNote(request.checkpoint, verifiers));
  if ('answer' in opened) return opened;
  if (request.oldSize > size) return refuse(400, 'SIZES_OUT_OF_ORDER', `The old size ${request.oldSize} is above the size ${size}`, seenSize);
  if (request.oldSize !== seenSize) return refuse(409, 'WITNESS_AHEAD', `${seenSize} entries are cosigned, not ${request.oldSize}`, seenSize);
  const root = last === undefined ? EMPTY_ROOT : fromBase64(last.root);
  if (seenSize === size && last !== undefined && !sameBytes(root, checkpoint.root)) {
    return refuse(409, 'HISTORY_FORKED', `Another tree of ${size} entries is cosigned already`, seenSize);
  }
  const proven = attempt(422, seenSize, () => {
    verifyConsistency({ size: seenSize, root }, checkpoint, request.proof);
    return { proven: true };
  });
  if ('answer' in proven) return proven;
  const record = { size, root: Buffer.from(checkpoint.root).toString('base64'), note: request.checkpoint };
  return { answer: 'cosign', origin, text, record };
}

interface ReadRequest {
  readonly request: AddCheckpointRequest;
  readonly text: string;
  readonly checkpoint: Checkpoint;
}

function readRequest(body: string): ReadRequest {
  const request = parseAddCheckpoint(body);
  const { text } = parseNote(request.checkpoint);
  return { request, text, checkpoint: parseCheckpoint(text) };
}

function attempt<Result extends object>(status: Refusal['status'], seenSize: number, step: () => Result): Result | Refusal {
  try {
    return step();
  } catch (error) {
    if (!isLogFault(error)) throw error;
    return refuse(status, error.code, error.message, seenSize);
  }
}

function refuse(status: Refusal['status'], code: Refusal['code'], reason: string, seenSize: number): Refusal {
  return { answer: 'refuse', status, code, reason, seenSize };
}
