import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StoredEvent } from '@brain/contracts';
import { EMPTY_TREE, entryOf, formatEntryBundle, generateSigningKey, growTree, leafHashes, MemoryTiles, parseSigningKey, rootOf, signCheckpoint, tileInTree } from '@brain/verifiable-log';

export const ORIGIN = 'brain.example/log';
export const KEY = generateSigningKey(ORIGIN, 'ed25519', Buffer.alloc(32, 9));

export function eventAt(at: number, caseId = `case-${at}`): StoredEvent {
  return {
    eventId: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    streamId: `case-${at}`,
    revision: 0,
    position: String(at).padStart(20, '0'),
    type: 'case-management.case-opened.v1',
    data: { caseId },
    metadata: { source: 'case-management', time: '2026-03-01T08:00:00.000Z', correlationId: 'c', causationId: 'a', actor: { type: 'user', id: 'ana' } },
    recordedAt: '2026-03-01T08:00:00.005Z',
  };
}

/** The log of these events in memory, with its checkpoint. */
export function logOf(events: readonly StoredEvent[], skey = KEY.skey): MemoryTiles {
  const log = new MemoryTiles();
  const entries = events.map(entryOf);
  const { edge, tiles } = growTree(EMPTY_TREE, leafHashes(entries));
  for (const { address, bytes } of tiles) log.put(address, bytes);
  for (let index = 0; ; index += 1) {
    const bundle = tileInTree(edge.size, 'entries', index);
    if (bundle === undefined) break;
    log.put(bundle, formatEntryBundle(entries.slice(index * 256, index * 256 + bundle.width)));
  }
  log.putCheckpoint(signCheckpoint({ origin: ORIGIN, size: edge.size, root: rootOf(edge) }, [parseSigningKey(skey)]));
  return log;
}

export const eventsTo = (size: number): StoredEvent[] => Array.from({ length: size }, (_, at) => eventAt(at));

export async function exportTo(log: MemoryTiles, folder: string): Promise<void> {
  for (const [name, bytes] of log.files) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), bytes);
  }
}

export function temporaryFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'brain-log-'));
}
