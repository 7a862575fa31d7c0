import { exactly, malformedZip, type RandomAccess } from './zip-bytes.js';
import { CENTRAL_FILE, COUNT_IN_64_BITS, END, END_64, END_64_LOCATOR, EXTRA_64, IN_64_BITS } from './zip-records.js';

export interface ZipMember {
  readonly method: number;
  readonly crc: number;
  readonly compressed: number;
  readonly size: number;
  readonly offset: number;
  /** Where the next member begins, or the directory. */
  readonly end: number;
}

/** Elsewhere than in the folder it is unpacked to, or not what it looks like. */
const ASTRAY = /^[/]|^[A-Za-z]:|\\|(?:^|\/)\.\.?(?:\/|$)|\/\/|[\p{Cc}\p{Cs}]/u;

/**
 * The members of an archive by name. The directory has the last word and is the last thing in the file: a second one, or
 * bytes before the first member, would be another archive to other programs.
 */
export async function readDirectory(file: RandomAccess): Promise<ReadonlyMap<string, ZipMember>> {
  const { start, bytes, count } = await findDirectory(file);
  const directory = await exactly(file, start, bytes);
  const members = new Map<string, Omit<ZipMember, 'end'>>();
  for (let at = 0; at < bytes; ) {
    if (at + CENTRAL_FILE.bytes > bytes || directory.readUInt32LE(at) !== CENTRAL_FILE.signature) throw malformedZip('its directory is damaged');
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field)) as [number, number, number];
    const nameAt = at + CENTRAL_FILE.bytes;
    const name = directory.toString('utf8', nameAt, nameAt + nameBytes);
    if (members.has(name)) throw malformedZip(`${name} stands in it twice`);
    if (ASTRAY.test(name)) throw malformedZip(`${JSON.stringify(name)} would not lie in its folder once unpacked`);
    members.set(name, memberAt(directory, at, directory.subarray(nameAt + nameBytes, nameAt + nameBytes + extraBytes)));
    at = nameAt + nameBytes + extraBytes + commentBytes;
  }
  if (members.size !== count) throw malformedZip('its directory is incomplete');
  return withEnds(members, start);
}

function withEnds(members: ReadonlyMap<string, Omit<ZipMember, 'end'>>, directory: number): ReadonlyMap<string, ZipMember> {
  const offsets = [...members.values()].map(({ offset }) => offset).sort((one, other) => one - other);
  if ((offsets[0] ?? directory) !== 0) throw malformedZip('something lies before its first file');
  const next = new Map(offsets.map((offset, at) => [offset, offsets[at + 1] ?? directory]));
  return new Map([...members].map(([name, member]) => [name, { ...member, end: next.get(member.offset) ?? directory }]));
}

function memberAt(directory: Buffer, at: number, extra: Buffer): Omit<ZipMember, 'end'> {
  const [method, crc] = [directory.readUInt16LE(at + 10), directory.readUInt32LE(at + 16)];
  const wide = wideFields(extra);
  // In this order, and only those that did not fit.
  const [size, compressed, offset] = [24, 20, 42].map((field) => {
    const value = directory.readUInt32LE(at + field);
    return value === IN_64_BITS ? (wide.shift() ?? value) : value;
  }) as [number, number, number];
  return { method, crc, compressed, size, offset };
}

function wideFields(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== EXTRA_64) continue;
    const fields = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    return Array.from({ length: Math.floor(fields.length / 8) }, (_, field) => Number(fields.readBigUInt64LE(field * 8)));
  }
  return [];
}

interface Directory {
  readonly start: number;
  readonly bytes: number;
  readonly count: number;
}

/** Without a comment, in which another end could lie. */
async function findDirectory(file: RandomAccess): Promise<Directory> {
  const endAt = file.size - END.bytes;
  if (endAt < 0) throw malformedZip('it is cut off');
  const end = await exactly(file, endAt, END.bytes);
  if (end.readUInt32LE(0) !== END.signature || end.readUInt16LE(20) !== 0) throw malformedZip('it does not end like one; was it cut off?');
  const short = { count: end.readUInt16LE(10), bytes: end.readUInt32LE(12), start: end.readUInt32LE(16) };
  const isLong = short.count === COUNT_IN_64_BITS || short.bytes === IN_64_BITS || short.start === IN_64_BITS;
  const long = isLong ? await findLongDirectory(file, endAt - END_64_LOCATOR.bytes) : undefined;
  const { endsAt, ...directory } = long ?? { ...short, endsAt: endAt };
  if (directory.start + directory.bytes !== endsAt) throw malformedZip('its directory is not where its end says');
  return directory;
}

/** undefined: exactly as many as the short form can count. */
async function findLongDirectory(file: RandomAccess, locatorAt: number): Promise<(Directory & { readonly endsAt: number }) | undefined> {
  const locator = await exactly(file, locatorAt, END_64_LOCATOR.bytes);
  if (locator.readUInt32LE(0) !== END_64_LOCATOR.signature) return undefined;
  const endsAt = locatorAt - END_64.bytes;
  const end = await exactly(file, endsAt, END_64.bytes);
  if (end.readUInt32LE(0) !== END_64.signature || Number(locator.readBigUInt64LE(8)) !== endsAt) throw malformedZip('its end is damaged');
  return { count: Number(end.readBigUInt64LE(32)), bytes: Number(end.readBigUInt64LE(40)), start: Number(end.readBigUInt64LE(48)), endsAt };
}
