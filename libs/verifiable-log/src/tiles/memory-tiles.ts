import type { TileAddress } from './tile-address.js';
import { tilePath } from './tile-path.js';
import type { LogReader } from './tile-reader.port.js';

/** A log held in memory, keyed by path. For tests and small archives. */
export class MemoryTiles implements LogReader {
  readonly files = new Map<string, Uint8Array>();

  tile(address: TileAddress): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.files.get(tilePath(address)));
  }

  checkpoint(): Promise<string | undefined> {
    const bytes = this.files.get('checkpoint');
    return Promise.resolve(bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8'));
  }

  put(address: TileAddress, bytes: Uint8Array): void {
    this.files.set(tilePath(address), bytes);
  }

  putCheckpoint(note: string): void {
    this.files.set('checkpoint', Buffer.from(note, 'utf8'));
  }
}
