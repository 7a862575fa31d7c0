import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { writeDurably, type Disk } from '@brain/service-kit';
import { FileTiles, formatEntryBundle, HASH_BYTES, isMissingFile, parseEntryBundle, TILE_WIDTH, tilePath, type LogReader, type TileAddress } from '@brain/verifiable-log';
import type { LogTile } from './extend-log.js';

const CHECKPOINT = 'checkpoint';
const KEY_ROTATIONS = 'key-rotations';

/** The log as files, laid out as C2SP tlog-tiles serves it, so that any web server or a copy of the folder will do. */
export class LogFolder implements LogReader {
  private readonly files: FileTiles;

  constructor(
    private readonly folder: string,
    private readonly disk?: Disk,
  ) {
    this.files = new FileTiles(folder);
  }

  checkpoint(): Promise<string | undefined> {
    return this.files.checkpoint();
  }

  /** Milliseconds since the epoch; undefined: there is none yet. */
  async checkpointWrittenAt(): Promise<number | undefined> {
    try {
      return (await stat(path.join(this.folder, CHECKPOINT))).mtimeMs;
    } catch (error) {
      if (isMissingFile(error)) return undefined;
      throw error;
    }
  }

  /** Signed notes, oldest first. */
  async keyRotations(): Promise<readonly string[]> {
    const folder = path.join(this.folder, KEY_ROTATIONS);
    const names = (await namesIn(folder)).filter((name) => /^\d+$/.test(name)).sort();
    return Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
  }

  /** Of a partial tile only the widest is kept; a narrower one is its beginning. */
  async tile(address: TileAddress): Promise<Uint8Array | undefined> {
    const exact = await this.files.tile(address);
    if (exact !== undefined || address.width === TILE_WIDTH) return exact;
    for (const width of await this.partialWidths(address)) {
      const wider = width > address.width ? await this.files.tile({ ...address, width }) : undefined;
      if (wider !== undefined) return beginningOf(wider, width, address);
    }
    return undefined;
  }

  /** Whole or not at all, each of them, and on disk when this resolves. */
  async writeTiles(tiles: readonly LogTile[]): Promise<void> {
    await writeDurably(tiles.map(({ address, bytes }) => ({ file: path.join(this.folder, tilePath(address)), bytes })), this.disk);
  }

  async writeCheckpoint(note: string): Promise<void> {
    await writeDurably([{ file: path.join(this.folder, CHECKPOINT), bytes: Buffer.from(note, 'utf8') }], this.disk);
  }

  /** Takes away what these tiles have made superfluous. What a crash leaves lying does no harm. */
  async dropNarrower(tiles: readonly LogTile[]): Promise<void> {
    for (const { address } of tiles) {
      const partials = this.partialFolder(address);
      if (address.width === TILE_WIDTH) {
        await rm(partials, { recursive: true, force: true });
        continue;
      }
      for (const width of await this.partialWidths(address)) {
        if (width < address.width) await rm(path.join(partials, String(width)), { force: true });
      }
    }
  }

  private async partialWidths(address: TileAddress): Promise<readonly number[]> {
    return (await namesIn(this.partialFolder(address))).filter((name) => /^\d+$/.test(name)).map(Number);
  }

  private partialFolder(address: TileAddress): string {
    return path.join(this.folder, `${tilePath({ ...address, width: TILE_WIDTH })}.p`);
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissingFile(error)) return [];
    throw error;
  }
}

function beginningOf(wider: Uint8Array, widerWidth: number, { level, width }: TileAddress): Uint8Array {
  if (level === 'entries') return formatEntryBundle(parseEntryBundle(wider, widerWidth).slice(0, width));
  return wider.subarray(0, width * HASH_BYTES);
}
