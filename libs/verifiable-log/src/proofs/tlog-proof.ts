import { openCheckpoint, type CheckpointPolicy, type OpenedCheckpoint } from '../checkpoint/checkpoint.js';
import { leafHash } from '../hashing/merkle-hash.js';
import { HASH_BYTES } from '../hashing/sha256.js';
import { LogFault } from '../log-fault.js';
import { fromBase64, toBase64 } from '../notes/base64.js';
import { parseDecimal } from '../notes/decimal.js';
import { verifyInclusion } from './inclusion-proof.js';

/** A proof to take away (C2SP tlog-proof): that an entry is in the log a checkpoint vouches for. */
export interface TlogProof {
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
  /** Not covered by any signature. */
  readonly extra?: Uint8Array;
}

const HEADER = 'c2sp.org/tlog-proof@v1';
/** No tree of 2^63 entries needs more. */
const MAX_HASHES = 63;

export function formatTlogProof({ index, hashes, checkpoint, extra }: TlogProof): string {
  const extraLines = extra === undefined ? [] : [`extra ${toBase64(extra)}`];
  const head = [HEADER, ...extraLines, `index ${index}`, ...hashes.map(toBase64)];
  return `${head.join('\n')}\n\n${checkpoint}`;
}

export function parseTlogProof(text: string): TlogProof {
  const split = text.indexOf('\n\n');
  if (split < 0) throw malformed('no empty line before the checkpoint');
  const [header, ...lines] = text.slice(0, split).split('\n');
  if (header !== HEADER) throw malformed(`the first line is not ${HEADER}`);
  const extra = lines[0]?.startsWith('extra ') === true ? fromBase64(lines.shift()?.slice('extra '.length) ?? '') : undefined;
  const indexLine = lines.shift() ?? '';
  const index = indexLine.startsWith('index ') ? parseDecimal(indexLine.slice('index '.length)) : undefined;
  if (index === undefined) throw malformed('no index');
  if (lines.length > MAX_HASHES) throw malformed(`more than ${MAX_HASHES} hashes`);
  const hashes = lines.map(fromBase64);
  if (hashes.some((hash) => hash.length !== HASH_BYTES)) throw malformed('a line is no SHA-256');
  return { index, hashes, checkpoint: text.slice(split + 2), ...(extra === undefined ? {} : { extra }) };
}

/** What a proof shows once it is checked. */
export interface ProvenEntry {
  readonly index: number;
  readonly checkpoint: OpenedCheckpoint;
}

/** Throws unless `entry` is in the log of this policy. Checked offline, against keys alone. */
export function verifyTlogProof(text: string, entry: Uint8Array, policy: CheckpointPolicy): ProvenEntry {
  const { index, hashes, checkpoint: note } = parseTlogProof(text);
  const checkpoint = openCheckpoint(note, policy);
  verifyInclusion({ leafHash: leafHash(entry), index, size: checkpoint.size, root: checkpoint.root }, hashes);
  return { index, checkpoint };
}

function malformed(what: string): LogFault {
  return new LogFault('PROOF_MALFORMED', `Not a proof file: ${what}`);
}
