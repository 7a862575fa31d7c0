import { LogFault } from '../log-fault.js';
import { MAX_TILE_LEVEL, TILE_WIDTH, type TileAddress } from './tile-address.js';

const TILE_PATH = /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/)*)([0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/** `tile/<L>/<N>[.p/<W>]` of C2SP tlog-tiles, with N in groups of three digits: `tile/0/x001/x234/067`. */
export function tilePath({ level, index, width }: TileAddress): string {
  const suffix = width === TILE_WIDTH ? '' : `.p/${width}`;
  return `tile/${level}/${groupsOf(index)}${suffix}`;
}

/** The address a path names; only the one spelling `tilePath` gives is accepted. */
export function parseTilePath(path: string): TileAddress {
  const match = TILE_PATH.exec(path);
  if (match === null) throw malformed(path);
  const [, levelText = '', groups = '', last = '', widthText] = match;
  const address = {
    level: levelText === 'entries' ? ('entries' as const) : Number(levelText),
    index: Number(groups.replaceAll(/[x/]/g, '') + last),
    width: widthText === undefined ? TILE_WIDTH : Number(widthText),
  };
  const tooHigh = address.level !== 'entries' && address.level > MAX_TILE_LEVEL;
  if (tooHigh || !Number.isSafeInteger(address.index) || tilePath(address) !== path) throw malformed(path);
  return address;
}

function groupsOf(index: number): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/.{3}/g) ?? [];
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
}

function malformed(path: string): LogFault {
  return new LogFault('TILE_PATH_MALFORMED', `${JSON.stringify(path)} does not name a tile`);
}
