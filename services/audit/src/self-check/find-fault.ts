import type { StoredEvent } from '@brain/contracts';
import { START_POSITION, type EventStore } from '@brain/event-store';
import { entryOf, isLogFault, LogFault, openCheckpoint, parseVerifierKey, sameBytes, verifyLog, type CheckpointPolicy, type LogReader } from '@brain/verifiable-log';
import type { LogHead } from '../log/log-head.js';
import type { RecordFinding } from './domain/record-check.decider.js';

export interface RecordUnderCheck {
  readonly store: EventStore;
  readonly log: LogReader;
  readonly origin: string;
  /** Public halves of the keys that sign. */
  readonly vkeys: readonly string[];
  /** What the database says is decided. */
  readonly head: () => Promise<LogHead>;
  /** Called between stretches of work: waits, or throws to give up. */
  readonly rest: () => Promise<void>;
}

/** Entries read at once, and compared without a rest: a request that comes meanwhile waits for these, some two milliseconds. */
const STRETCH = 32;

/** A row of the store is not what the log says. */
class RecordFault extends Error {
  constructor(
    readonly code: 'RECORD_CHANGED' | 'RECORD_SHORT',
    readonly index: number,
  ) {
    super(code);
  }
}

/**
 * Goes through the whole log and the whole store side by side: signature, root, tiles and entries of the log, and for
 * every entry the event that the store has in its place. undefined: nothing is signed yet.
 */
export async function findFault(record: RecordUnderCheck): Promise<RecordFinding | undefined> {
  const note = await record.log.checkpoint();
  if (note === undefined) return undefined;
  const policy = { origin: record.origin, verifiers: record.vkeys.map(parseVerifierKey) };
  let treeSize = 0;
  try {
    const checkpoint = openCheckpoint(note, policy);
    treeSize = checkpoint.size;
    // Asked after the checkpoint is read: a size is decided before it is signed.
    const { size } = await record.head();
    if (size < treeSize) throw new LogFault('TREE_SHRUNK', 'The database knows of less than was signed', size);
    await compare(record, note, policy);
    return { whole: true, treeSize };
  } catch (error) {
    if (error instanceof RecordFault || isLogFault(error)) return { whole: false, code: error.code, leafIndex: error.index ?? null, treeSize };
    throw error;
  }
}

async function compare({ store, log, rest }: RecordUnderCheck, checkpoint: string, policy: CheckpointPolicy): Promise<void> {
  const events = store.readAll({ after: START_POSITION, pageSize: STRETCH })[Symbol.asyncIterator]();
  try {
    await verifyLog(log, {
      ...policy,
      checkpoint,
      onEntry: async (entry, index) => {
        if (index % STRETCH === STRETCH - 1) await rest();
        const next = await events.next();
        if (next.done === true) throw new RecordFault('RECORD_SHORT', index);
        if (!sameBytes(entry, entryIn(next.value, index))) throw new RecordFault('RECORD_CHANGED', index);
      },
    });
  } finally {
    await events.return?.();
  }
}

/** What cannot even be written as an entry was not logged like that. */
function entryIn(event: StoredEvent, index: number): Uint8Array {
  try {
    return entryOf(event);
  } catch (error) {
    if (isLogFault(error)) throw new RecordFault('RECORD_CHANGED', index);
    throw error;
  }
}
