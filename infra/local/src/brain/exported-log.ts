import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { FileTiles, formatEntryBundle, HASH_BYTES, parseEntryBundle, TILE_WIDTH, tilePath, type LogReader, type TileAddress } from '@brain/verifiable-log';

/**
 * A copy of a log's folder. One that was copied while the log grew may hold a wider partial tile than its checkpoint
 * asks for; the narrower one is its beginning.
 */
export class ExportedLog implements LogReader {
  private readonly files: FileTiles;

  constructor(private readonly folder: string) {
    this.files = new FileTiles(folder);
  }

  checkpoint(): Promise<string | undefined> {
    return this.files.checkpoint();
  }

  async tile(address: TileAddress): Promise<Uint8Array | undefined> {
    const exact = await this.files.tile(address);
    if (exact !== undefined || address.width === TILE_WIDTH) return exact;
    const widths = await namesIn(path.join(this.folder, `${tilePath({ ...address, width: TILE_WIDTH })}.p`));
    const wider = widths.map(Number).find((width) => width > address.width);
    const bytes = wider === undefined ? undefined : await this.files.tile({ ...address, width: wider });
    return bytes === undefined || wider === undefined ? undefined : beginningOf(bytes, wider, address);
  }

  /** The statements by which each key named its successor. */
  async keyRotations(): Promise<readonly string[]> {
    const folder = path.join(this.folder, 'key-rotations');
    return Promise.all((await namesIn(folder)).map((name) => readFile(path.join(folder, name), 'utf8')));
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => /^\d+$/.test(name)).sort();
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function beginningOf(wider: Uint8Array, widerWidth: number, { level, width }: TileAddress): Uint8Array {
  if (level === 'entries') return formatEntryBundle(parseEntryBundle(wider, widerWidth).slice(0, width));
  return wider.subarray(0, width * HASH_BYTES);
}
