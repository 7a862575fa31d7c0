import type { StoredEvent } from '@brain/contracts';
import { signCheckpoint } from '../checkpoint/checkpoint.js';
import { entryOf } from '../entry/event-entry.js';
import { leafHashes } from '../hashing/merkle-hash.js';
import { generateSigningKey, parseSigningKey, type NoteSigner } from '../notes/signing-key.js';
import { formatEntryBundle } from '../tiles/entry-bundle.js';
import { MemoryTiles } from '../tiles/memory-tiles.js';
import { TILE_WIDTH, tileInTree } from '../tiles/tile-address.js';
import { EMPTY_TREE, growTree, rootOf, type TreeEdge } from '../tree/growing-tree.js';

export const ORIGIN = 'brain.example/log';
export const KEY = generateSigningKey(ORIGIN, 'ed25519', Buffer.alloc(32, 7));
export const SIGNER = parseSigningKey(KEY.skey);

/** An event like those of the store. */
export function eventAt(at: number, data: Record<string, unknown> = { caseId: `case-${at}`, note: '井盖 🕳' }): StoredEvent {
  return {
    eventId: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    streamId: `case-${at % 7}`,
    revision: Math.floor(at / 7),
    position: String(at).padStart(20, '0'),
    type: 'case-management.case-opened.v1',
    data,
    metadata: {
      source: 'case-management',
      time: '2026-03-01T08:00:00.000Z',
      correlationId: `c-${at}`,
      causationId: `a-${at}`,
      actor: { type: 'user', id: 'ana' },
      areaCode: '110101001001',
    },
    recordedAt: '2026-03-01T08:00:00.005Z',
  };
}

export const entriesTo = (size: number): Buffer[] => Array.from({ length: size }, (_, at) => entryOf(eventAt(at)));

/** A log that publishes: whoever holds its key can also make it lie. */
export class ExampleLog extends MemoryTiles {
  edge: TreeEdge = EMPTY_TREE;
  readonly entries: Uint8Array[] = [];

  append(added: readonly Uint8Array[], signers: readonly NoteSigner[] = [SIGNER], origin = ORIGIN): string {
    this.entries.push(...added);
    const { edge, tiles } = growTree(this.edge, leafHashes(added));
    for (const { address, bytes } of tiles) this.put(address, bytes);
    for (let index = Math.floor(this.edge.size / TILE_WIDTH); ; index += 1) {
      const bundle = tileInTree(edge.size, 'entries', index);
      if (bundle === undefined) break;
      this.put(bundle, formatEntryBundle(this.entries.slice(index * TILE_WIDTH, index * TILE_WIDTH + bundle.width)));
    }
    this.edge = edge;
    const note = signCheckpoint({ origin, size: edge.size, root: rootOf(edge) }, signers);
    this.putCheckpoint(note);
    return note;
  }
}

export function logOf(entries: readonly Uint8Array[], signers?: readonly NoteSigner[], origin?: string): ExampleLog {
  const log = new ExampleLog();
  log.append(entries, signers, origin);
  return log;
}
