import { DomainError } from '@brain/contracts';

/** Others wrote into a stream of ours, or something that is none of our events. */
export function foreignEvent(streamId: string, revision: number): DomainError {
  return new DomainError(
    'STREAM_FOREIGN_EVENT',
    `${streamId} has an event at revision ${String(revision)} that this product did not write: nothing is added to it until somebody has looked`,
  );
}

/** `$maxCount`, `$maxAge` or `$tb` hides the beginning, or it was deleted: what is left is not the stream. */
export function truncatedStream(streamId: string): DomainError {
  return new DomainError(
    'STREAM_TRUNCATED',
    `${streamId} is not whole: the event store hides or has deleted its beginning. Take $maxCount, $maxAge and $tb out of its metadata, or restore`,
  );
}
