import type { StoredEvent } from '@brain/contracts';
import type { EventStore } from '@brain/event-store';
import { aborted } from '@brain/service-kit';
import { entryOf, rootOf } from '@brain/verifiable-log';
import { extendLog, type LogEnd } from './extend-log.js';
import type { LogFolder } from './log-folder.js';
import type { LogHead } from './log-head.js';
import type { LogLedger } from './log-ledger.js';
import type { LogSettings } from './log-settings.js';
import { publishCheckpoint } from './publish-checkpoint.js';
import { resumeLog } from './resume-log.js';

/** So many events in one step at most: bounds memory, and how long a step takes when there is much to catch up with. */
const BATCH = 4_096;

export interface Sequencing {
  readonly store: EventStore;
  readonly folder: LogFolder;
  readonly ledger: Pick<LogLedger, 'head' | 'reserve'>;
  readonly settings: LogSettings;
  readonly signal: AbortSignal;
  readonly onPublished: (head: LogHead) => void;
}

interface OpenLog {
  readonly head: LogHead;
  readonly end: LogEnd;
}

/**
 * Puts every event of the store into the log, in store order, until the signal aborts: tiles on disk, then decided in
 * the ledger, then signed. Killed between any two of these, the next start goes on from what was decided, and nothing
 * is ever signed that was not.
 */
export async function sequenceEvents(sequencing: Sequencing): Promise<void> {
  const { store, folder, ledger, settings, signal, onPublished } = sequencing;
  const head = await ledger.head();
  let log: OpenLog = { head, end: await resumeLog(store, folder, head) };
  await publishCheckpoint(folder, head, settings);
  onPublished(head);
  for await (const { events, position } of store.tail({ after: head.position, signal, batchSize: BATCH })) {
    if (events.length === 0) continue;
    const begun = performance.now();
    log = await add(sequencing, log, events, position);
    onPublished(log.head);
    // What comes meanwhile is the next batch; while there is much to catch up with, nothing waits.
    if (events.length < BATCH) await aborted(signal, Math.max(0, settings.checkpointMs - (performance.now() - begun)));
  }
}

async function add({ folder, ledger, settings }: Sequencing, { head, end }: OpenLog, events: readonly StoredEvent[], position: string): Promise<OpenLog> {
  const extension = extendLog(end, events.map(entryOf));
  const next: LogHead = { size: extension.end.edge.size, root: rootOf(extension.end.edge), position };
  await folder.writeTiles(extension.tiles);
  await ledger.reserve(head, next, events);
  await publishCheckpoint(folder, next, settings);
  await folder.dropNarrower(extension.tiles);
  return { head: next, end: extension.end };
}
