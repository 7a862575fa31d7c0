import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isMissingFile } from './missing-file.js';
import type { TileAddress } from './tile-address.js';
import { tilePath } from './tile-path.js';
import type { LogReader } from './tile-reader.port.js';

/** A log in a folder laid out as it is served: `checkpoint`, `tile/…`. */
export class FileTiles implements LogReader {
  constructor(private readonly folder: string) {}

  tile(address: TileAddress): Promise<Uint8Array | undefined> {
    return this.read(tilePath(address));
  }

  async checkpoint(): Promise<string | undefined> {
    return (await this.read('checkpoint'))?.toString('utf8');
  }

  private async read(name: string): Promise<Buffer | undefined> {
    try {
      return await readFile(path.join(this.folder, name));
    } catch (error) {
      if (isMissingFile(error)) return undefined;
      throw error;
    }
  }
}
