import { Injectable } from '@nestjs/common';
import type { AuditEvent, EventProof } from '@brain/contracts';
import {
  formatTlogProof,
  inclusionProofs,
  parseCheckpoint,
  parseEntryBundle,
  parseNote,
  readTile,
  TILE_WIDTH,
  tileInTree,
} from '@brain/verifiable-log';
import { LogFolder } from './log-folder.js';
import { Witnessed } from '../witnesses/witnessed.js';

/** Bounds what is kept of a tree that does not grow. */
const SHARING = 256;

interface ProvenTree {
  readonly size: number;
  readonly proofOf: (index: number) => Promise<Uint8Array[]>;
  asked: number;
}

/** Proofs against the newest checkpoint; those of one checkpoint share what they read. */
@Injectable()
export class EventProofs {
  private tree: ProvenTree | undefined;

  constructor(
    private readonly folder: LogFolder,
    private readonly witnessed: Witnessed,
  ) {}

  /** undefined: not in a checkpoint yet. */
  async of({ eventId, leafIndex }: Pick<AuditEvent, 'eventId' | 'leafIndex'>): Promise<EventProof | undefined> {
    const published = await this.folder.checkpoint();
    if (leafIndex === null || published === undefined) return undefined;
    const checkpoint = await this.witnessed.withCosignatures(published);
    const { size: treeSize } = parseCheckpoint(parseNote(checkpoint).text);
    const entry = await this.entryAt(leafIndex, treeSize);
    if (entry === undefined) return undefined;
    const hashes = await this.hashesOf(leafIndex, treeSize);
    return { eventId, leafIndex, treeSize, proof: formatTlogProof({ index: leafIndex, hashes, checkpoint }), entry };
  }

  private async hashesOf(leafIndex: number, treeSize: number): Promise<Uint8Array[]> {
    if (this.tree?.size !== treeSize || this.tree.asked >= SHARING) this.tree = { size: treeSize, proofOf: inclusionProofs(this.folder, treeSize), asked: 0 };
    this.tree.asked += 1;
    try {
      return await this.tree.proofOf(leafIndex);
    } catch (error) {
      this.tree = undefined; // it would remember that a tile could not be read
      throw error;
    }
  }

  private async entryAt(index: number, size: number): Promise<string | undefined> {
    const address = index < size ? tileInTree(size, 'entries', Math.floor(index / TILE_WIDTH)) : undefined;
    if (address === undefined) return undefined;
    const entry = parseEntryBundle(await readTile(this.folder, address), address.width)[index % TILE_WIDTH];
    return entry === undefined ? undefined : Buffer.from(entry).toString('utf8');
  }
}
