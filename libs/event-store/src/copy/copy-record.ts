import { DomainError, type StoredEvent } from '@brain/contracts';
import { START_POSITION, type EventReader } from '../event-store.port.js';

/** A store that a record is copied into: events keep their ids, revisions and the times at which they were recorded. */
export interface CopyTarget {
  readAll: EventReader['readAll'];
  /** The first stream with an event that is none of ours; undefined: there is none. */
  foreignStream(): Promise<string | undefined>;
  /** Consecutive events of one stream. */
  write(events: readonly StoredEvent[]): Promise<void>;
}

export interface RecordCopy {
  readonly source: Pick<EventReader, 'readAll'>;
  /** Copies up to here, and compares up to here. */
  readonly until: string;
  readonly target: CopyTarget;
  readonly signal?: AbortSignal;
  /** After each write: how many of the events there are by now. */
  readonly onProgress?: (events: number) => void;
}

const MOST_AT_ONCE = 200;
const MOST_BYTES = 512 * 1024;

/**
 * Copies every event in the order of the source, goes on where an earlier copy stopped, and compares both from the first
 * event to the last before it says that it is done.
 * @throws DomainError COPY_TARGET_FOREIGN, COPY_TARGET_OTHER
 */
export async function copyRecord(copy: RecordCopy): Promise<{ readonly events: number; readonly copied: number }> {
  const foreign = await copy.target.foreignStream();
  if (foreign !== undefined) {
    throw new DomainError('COPY_TARGET_FOREIGN', `The stream ${foreign} of the target is not of this product: copy into a store that nobody else uses`);
  }
  const there = await compare(copy, false);
  const copied = await writeRest(copy, there);
  return { events: await compare(copy, true), copied };
}

/** How many of the source's events the target begins with. */
async function compare({ source, until, target, signal }: RecordCopy, isWhole: boolean): Promise<number> {
  const inTarget = target.readAll({ after: START_POSITION })[Symbol.asyncIterator]();
  let same = 0;
  try {
    for await (const event of source.readAll({ after: START_POSITION, until })) {
      signal?.throwIfAborted();
      const next = await inTarget.next();
      if (next.done === true && !isWhole) return same;
      if (next.done === true || !isSame(event, next.value)) throw otherTarget(same, event);
      same += 1;
    }
    if ((await inTarget.next()).done !== true) throw otherTarget(same, undefined);
    return same;
  } finally {
    await inTarget.return?.();
  }
}

async function writeRest({ source, until, target, signal, onProgress }: RecordCopy, there: number): Promise<number> {
  let [seen, bytes] = [0, 0];
  let batch: StoredEvent[] = [];
  const write = async () => {
    if (batch.length > 0) await target.write(batch);
    onProgress?.(seen);
    [batch, bytes] = [[], 0];
  };
  for await (const event of source.readAll({ after: START_POSITION, until })) {
    signal?.throwIfAborted();
    if (seen >= there) {
      if (batch.length === MOST_AT_ONCE || bytes > MOST_BYTES || (batch[0] !== undefined && batch[0].streamId !== event.streamId)) await write();
      batch.push(event);
      bytes += JSON.stringify([event.data, event.metadata]).length;
    }
    seen += 1;
  }
  await write();
  return seen - there;
}

/** Order of keys included: the hashes of the log are made of the text. */
function isSame(one: StoredEvent, other: StoredEvent): boolean {
  const told = ({ eventId, streamId, revision, type, data, metadata, recordedAt }: StoredEvent) =>
    JSON.stringify([eventId, streamId, revision, type, data, metadata, recordedAt]);
  return told(one) === told(other);
}

function otherTarget(same: number, event: StoredEvent | undefined): DomainError {
  const where = event === undefined ? 'has more than this record' : `differs from it at ${event.streamId}, revision ${String(event.revision)}`;
  return new DomainError('COPY_TARGET_OTHER', `After ${String(same)} equal events the target ${where}: it is not a copy of this record`);
}
