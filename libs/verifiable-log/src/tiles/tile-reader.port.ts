import { HASH_BYTES } from '../hashing/sha256.js';
import { LogFault } from '../log-fault.js';
import { firstEntries } from './entry-bundle.js';
import { TILE_WIDTH, type TileAddress } from './tile-address.js';
import { tilePath } from './tile-path.js';

/** Where tiles come from: a folder, a server, a database, memory. Answers undefined for a tile it does not have. */
export interface TileReader {
  tile(address: TileAddress): Promise<Uint8Array | undefined>;
}

/** A whole published log: its tiles and its newest checkpoint. */
export interface LogReader extends TileReader {
  checkpoint(): Promise<string | undefined>;
}

/**
 * The bytes of a tile or bundle, exactly as wide as asked. A log may drop a partial tile once the full one exists,
 * so a missing partial is taken from the front of the full tile (C2SP tlog-tiles, "Partial Tiles").
 */
export async function readTile(reader: TileReader, address: TileAddress): Promise<Uint8Array> {
  const exact = await reader.tile(address);
  if (exact !== undefined) return checked(exact, address);
  const full = { ...address, width: TILE_WIDTH };
  const whole = address.width < TILE_WIDTH ? await reader.tile(full) : undefined;
  if (whole === undefined) throw new LogFault('TILE_MISSING', `${tilePath(address)} is missing`, firstIndexOf(address));
  const { level, width } = address;
  return level === 'entries' ? firstEntries(whole, width) : checked(whole, full).subarray(0, width * HASH_BYTES);
}

/** The first entry a tile covers. */
export function firstIndexOf({ level, index }: TileAddress): number {
  return index * TILE_WIDTH ** (level === 'entries' ? 1 : level + 1);
}

function checked(bytes: Uint8Array, address: TileAddress): Uint8Array {
  if (address.level !== 'entries' && bytes.length !== address.width * HASH_BYTES) {
    const message = `${tilePath(address)} has ${bytes.length} bytes instead of ${address.width * HASH_BYTES}`;
    throw new LogFault('TILE_MALFORMED', message, firstIndexOf(address));
  }
  return bytes;
}
