import { Injectable } from '@nestjs/common';
import type { EventProof } from '@brain/contracts';
import {
  formatTlogProof,
  inclusionProof,
  parseCheckpoint,
  parseEntryBundle,
  parseNote,
  readTile,
  TILE_WIDTH,
  tileInTree,
} from '@brain/verifiable-log';
import { LogFolder } from './log-folder.js';
import { LogLedger } from './log-ledger.js';
import { Witnessed } from '../witnesses/witnessed.js';

/** Proofs against the newest checkpoint. */
@Injectable()
export class EventProofs {
  constructor(
    private readonly folder: LogFolder,
    private readonly ledger: LogLedger,
    private readonly witnessed: Witnessed,
  ) {}

  /** undefined: not in a checkpoint yet. */
  async of(eventId: string): Promise<EventProof | undefined> {
    const leafIndex = await this.ledger.leafOf(eventId);
    const published = await this.folder.checkpoint();
    if (leafIndex === undefined || published === undefined) return undefined;
    const checkpoint = await this.witnessed.withCosignatures(published);
    const { size: treeSize } = parseCheckpoint(parseNote(checkpoint).text);
    const entry = await this.entryAt(leafIndex, treeSize);
    if (entry === undefined) return undefined;
    const hashes = await inclusionProof(this.folder, leafIndex, treeSize);
    return { eventId, leafIndex, treeSize, proof: formatTlogProof({ index: leafIndex, hashes, checkpoint }), entry };
  }

  private async entryAt(index: number, size: number): Promise<string | undefined> {
    const address = index < size ? tileInTree(size, 'entries', Math.floor(index / TILE_WIDTH)) : undefined;
    if (address === undefined) return undefined;
    const entry = parseEntryBundle(await readTile(this.folder, address), address.width)[index % TILE_WIDTH];
    return entry === undefined ? undefined : Buffer.from(entry).toString('utf8');
  }
}
