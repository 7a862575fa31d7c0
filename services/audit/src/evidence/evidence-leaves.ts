import { Inject, Injectable } from '@nestjs/common';
import type { StoredEvent } from '@brain/contracts';
import type { EventStore } from '@brain/event-store';
import { SEALED_EVENT_STORE } from '@brain/service-kit';
import { canonicalJson, inclusionProofs, parseEntryBundle, readTile, TILE_WIDTH, tileInTree, type LoggedEvent } from '@brain/verifiable-log';
import { LogFolder } from '../log/log-folder.js';

/** So many proofs share what they have read; memory does not grow with the package. */
const SHARING = 500;

export interface ProvenLeaf {
  /** Canonical JSON of the stored event, personal values as ciphertext. */
  readonly text: string;
  readonly event: LoggedEvent;
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
}

/** Events as the log has them, each with the way from its leaf to the root. */
@Injectable()
export class EvidenceLeaves {
  constructor(
    @Inject(SEALED_EVENT_STORE) private readonly store: EventStore,
    private readonly folder: LogFolder,
  ) {}

  /** @param found in the order of the log, all below `treeSize` */
  async *read(found: readonly number[], treeSize: number): AsyncIterable<ProvenLeaf> {
    for (let at = 0; at < found.length; at += SHARING) {
      const some = found.slice(at, at + SHARING);
      const bundles = new Map<number, readonly Uint8Array[]>();
      const proofOf = inclusionProofs(this.folder, treeSize);
      for (const index of some) {
        const text = await this.textOf(await this.entryAt(index, treeSize, bundles));
        yield { text, event: JSON.parse(text) as LoggedEvent, index, hashes: await proofOf(index) };
      }
    }
  }

  private async entryAt(index: number, treeSize: number, bundles: Map<number, readonly Uint8Array[]>): Promise<string> {
    const place = Math.floor(index / TILE_WIDTH);
    const address = tileInTree(treeSize, 'entries', place);
    const bundle = bundles.get(place) ?? (address && parseEntryBundle(await readTile(this.folder, address), address.width)) ?? [];
    bundles.clear(); // they come in order
    bundles.set(place, bundle);
    const entry = bundle[index % TILE_WIDTH];
    if (entry === undefined) throw new Error(`The log has no entry ${index}`);
    return Buffer.from(entry).toString('utf8');
  }

  /** The leaf of a very large event is its digest: the event itself is in the store alone. */
  private async textOf(entry: string): Promise<string> {
    const leaf = JSON.parse(entry) as Partial<StoredEvent> & Pick<StoredEvent, 'streamId' | 'revision'>;
    if (leaf.data !== undefined) return entry;
    for await (const { eventId, streamId, revision, type, data, metadata, recordedAt } of this.store.readStream(leaf.streamId, { fromRevision: leaf.revision })) {
      return canonicalJson({ eventId, streamId, revision, type, data, metadata, recordedAt });
    }
    throw new Error(`The store has no event ${String(leaf.revision)} in ${leaf.streamId}`);
  }
}
