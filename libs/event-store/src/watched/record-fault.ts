import { DomainError, type StoredEvent } from '@brain/contracts';

export const RECORD_FAULTS = ['EVENT_SET_ASIDE', 'STREAM_FOREIGN_EVENT', 'STREAM_TRUNCATED'] as const;
export type RecordFaultCode = (typeof RECORD_FAULTS)[number];

/** Something in the store that no part of the product has written like that. Its place is named, not what is in it. */
export interface FoundFault {
  readonly code: RecordFaultCode;
  readonly streamId: string;
  /** null: the stream as a whole. */
  readonly revision: number | null;
}

/** Thrown by who reads or appends to the stream that it is about. */
export class RecordFault extends DomainError implements FoundFault {
  override readonly code: RecordFaultCode;

  constructor(
    code: RecordFaultCode,
    readonly streamId: string,
    readonly revision: number | null,
    message: string,
  ) {
    super(code, message);
    this.code = code;
  }
}

export function isRecordFault(error: unknown): error is RecordFault {
  return error instanceof Error && 'code' in error && RECORD_FAULTS.some((code) => code === error.code) && 'streamId' in error;
}

/** Others wrote into a stream of ours, or something that is none of our events. */
export function foreignEvent(streamId: string, revision: number): RecordFault {
  const what = `${streamId} has an event at revision ${String(revision)} that this product did not write`;
  return new RecordFault('STREAM_FOREIGN_EVENT', streamId, revision, `${what}: nothing is added to it until somebody has looked`);
}

/** `$maxCount`, `$maxAge` or `$tb` hides the beginning, or it was deleted: what is left is not the stream. */
export function truncatedStream(streamId: string): RecordFault {
  const what = `${streamId} is not whole: the event store hides or has deleted its beginning`;
  return new RecordFault('STREAM_TRUNCATED', streamId, null, `${what}. Take $maxCount, $maxAge and $tb out of its metadata, or restore`);
}

/** Whether an event has what every event of the product has; what lacks it could be neither published nor logged. */
export function isWholeEvent({ data, metadata }: Pick<StoredEvent, 'data' | 'metadata'>): boolean {
  if (!isObject(data) || !isObject(metadata) || !isObject(metadata.actor)) return false;
  const { source, time, correlationId, causationId, actor } = metadata;
  return [source, time, correlationId, causationId, actor.id, actor.type].every((value: unknown) => typeof value === 'string' && value !== '');
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
