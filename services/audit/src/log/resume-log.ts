import { DomainError } from '@brain/contracts';
import { START_POSITION, type EventStore } from '@brain/event-store';
import {
  edgeFromTiles,
  entryOf,
  isLogFault,
  readTile,
  rootOf,
  sameBytes,
  TILE_WIDTH,
  tileInTree,
  type TileReader,
} from '@brain/verifiable-log';
import { EMPTY_LOG, extendLog, type Extension, type LogEnd } from './extend-log.js';
import type { LogFolder } from './log-folder.js';
import type { LogHead } from './log-head.js';

const CHUNK = 16 * TILE_WIDTH;

/**
 * The end of the log at what was decided last. Files that were lost are made again from the store, but only when the
 * store still gives the very root that was decided: nobody's change of the store gets into the log that way.
 * @throws DomainError LOG_DISAGREES_WITH_STORE
 */
export async function resumeLog(store: EventStore, folder: LogFolder, head: LogHead): Promise<LogEnd> {
  const end = await endFromFiles(folder, head);
  if (end !== undefined) return end;
  let again = EMPTY_LOG;
  for await (const extension of extensionsFrom(store, head)) again = extension.end;
  if (!isAt(again, head)) {
    throw new DomainError('LOG_DISAGREES_WITH_STORE', `The events in the store do not give the root of the log at ${head.size} entries`);
  }
  for await (const { tiles } of extensionsFrom(store, head)) await folder.writeTiles(tiles.filter(({ address }) => address.width === TILE_WIDTH));
  await folder.writeTiles(openTilesOf(again));
  return again;
}

async function endFromFiles(folder: LogFolder, head: LogHead): Promise<LogEnd | undefined> {
  try {
    const end = { edge: await edgeFromTiles(folder, head.size), openBundle: await openBundleOf(folder, head.size) };
    return isAt(end, head) ? end : undefined;
  } catch (error) {
    if (isLogFault(error)) return undefined;
    throw error;
  }
}

async function openBundleOf(reader: TileReader, size: number): Promise<Uint8Array> {
  const address = tileInTree(size, 'entries', Math.floor(size / TILE_WIDTH));
  return address === undefined ? EMPTY_LOG.openBundle : readTile(reader, address);
}

function isAt({ edge }: LogEnd, head: LogHead): boolean {
  return edge.size === head.size && sameBytes(rootOf(edge), head.root);
}

async function* extensionsFrom(store: EventStore, { position }: LogHead): AsyncIterable<Extension> {
  let end = EMPTY_LOG;
  let entries: Uint8Array[] = [];
  const extend = () => {
    const extension = extendLog(end, entries);
    end = extension.end;
    entries = [];
    return extension;
  };
  for await (const event of store.readAll({ after: START_POSITION, until: position })) {
    entries.push(entryOf(event));
    if (entries.length === CHUNK) yield extend();
  }
  yield extend();
}

function openTilesOf({ edge, openBundle }: LogEnd): Extension['tiles'] {
  const bundle = tileInTree(edge.size, 'entries', Math.floor(edge.size / TILE_WIDTH));
  const hashes = edge.levels.flatMap((bytes, level) => {
    const address = tileInTree(edge.size, level, Math.floor(edge.size / TILE_WIDTH ** (level + 1)));
    return address === undefined ? [] : [{ address, bytes }];
  });
  return [...hashes, ...(bundle === undefined ? [] : [{ address: bundle, bytes: openBundle }])];
}
