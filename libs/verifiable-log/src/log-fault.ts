import { DomainError } from '@brain/contracts';

/** What can be wrong with a log, a proof or a signature. People and programs match on these. */
export type LogFaultCode =
  | 'BASE64_MALFORMED'
  | 'BUNDLE_MALFORMED'
  | 'CHECKPOINT_MALFORMED'
  | 'CHECKPOINT_MISMATCH'
  | 'CHECKPOINT_MISSING'
  | 'CONSISTENCY_PROOF_INVALID'
  | 'COSIGNATURES_MISSING'
  | 'ENTRY_MISMATCH'
  | 'ENTRY_TOO_LARGE'
  | 'EVENT_AMBIGUOUS'
  | 'EVENT_NOT_CANONICAL'
  | 'HISTORY_FORKED'
  | 'INCLUSION_PROOF_INVALID'
  | 'INDEX_OUT_OF_TREE'
  | 'KEY_NAME_MALFORMED'
  | 'KEY_ROTATION_FORKED'
  | 'KEY_ROTATION_MALFORMED'
  | 'KEY_UNKNOWN'
  | 'MANIFEST_MISMATCH'
  | 'NOTE_MALFORMED'
  | 'ORIGIN_MISMATCH'
  | 'PACKAGE_FILE_ADDED'
  | 'PACKAGE_FILE_CHANGED'
  | 'PACKAGE_FILE_MISSING'
  | 'PACKAGE_MALFORMED'
  | 'PROOF_LENGTH_WRONG'
  | 'PROOF_MALFORMED'
  | 'READABLE_MISMATCH'
  | 'ROOT_MISMATCH'
  | 'SIGNATURE_INVALID'
  | 'SIGNING_KEY_MALFORMED'
  | 'SIZES_OUT_OF_ORDER'
  | 'TILE_MALFORMED'
  | 'TILE_MISMATCH'
  | 'TILE_MISSING'
  | 'TILE_PATH_MALFORMED'
  | 'TREE_SHRUNK'
  | 'VERIFIER_KEY_MALFORMED'
  | 'WITNESS_REQUEST_MALFORMED';

/** A check that failed. `index` is the first bad entry, where the evidence names one. */
export class LogFault extends DomainError {
  constructor(
    override readonly code: LogFaultCode,
    message: string,
    readonly index?: number,
  ) {
    super(code, message);
  }
}

export function isLogFault(error: unknown): error is LogFault {
  return error instanceof LogFault;
}
