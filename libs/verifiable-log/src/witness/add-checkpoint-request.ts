import { HASH_BYTES } from '../hashing/sha256.js';
import { LogFault } from '../log-fault.js';
import { fromBase64, toBase64 } from '../notes/base64.js';
import { parseDecimal } from '../notes/decimal.js';

/** What a log asks of a witness (C2SP tlog-witness, add-checkpoint). */
export interface AddCheckpointRequest {
  /** Size of the tree the witness cosigned last, as far as the log knows. */
  readonly oldSize: number;
  /** Consistency proof from there; empty from 0. */
  readonly proof: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
}

const MAX_PROOF_LINES = 63;

export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpointRequest): string {
  return `${[`old ${oldSize}`, ...proof.map(toBase64)].join('\n')}\n\n${checkpoint}`;
}

export function parseAddCheckpoint(body: string): AddCheckpointRequest {
  const split = body.indexOf('\n\n');
  if (split < 0) throw malformed('no empty line before the checkpoint');
  const [oldLine = '', ...lines] = body.slice(0, split).split('\n');
  const oldSize = oldLine.startsWith('old ') ? parseDecimal(oldLine.slice('old '.length)) : undefined;
  if (oldSize === undefined) throw malformed('no old size');
  if (lines.length > MAX_PROOF_LINES) throw malformed(`more than ${MAX_PROOF_LINES} proof lines`);
  const proof = lines.map(fromBase64);
  if (proof.some((hash) => hash.length !== HASH_BYTES)) throw malformed('a proof line is no SHA-256');
  return { oldSize, proof, checkpoint: body.slice(split + 2) };
}

function malformed(what: string): LogFault {
  return new LogFault('WITNESS_REQUEST_MALFORMED', `Not an add-checkpoint request: ${what}`);
}
