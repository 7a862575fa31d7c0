import { crc32, inflateRawSync } from 'node:zlib';
import { LogFault } from '../log-fault.js';
import type { PackageFiles } from './package-files.js';
import { CENTRAL_FILE, COUNT_IN_64_BITS, DEFLATED, END, END_64, END_64_LOCATOR, EXTRA_64, IN_64_BITS, LOCAL_FILE, STORED } from './zip-records.js';

/** Any part of a file; shorter where the file ends. */
export interface RandomAccess {
  readonly size: number;
  read(offset: number, length: number): Promise<Buffer>;
}

interface Member {
  readonly method: number;
  readonly crc: number;
  readonly compressed: number;
  readonly size: number;
  readonly offset: number;
}

const LONGEST_COMMENT = 0xffff;

/** The files of a ZIP archive, read one at a time. A name that stands there twice is refused: programs differ in which they take. */
export async function openZip(file: RandomAccess): Promise<PackageFiles> {
  const members = await readDirectory(file);
  return {
    names: new Set([...members.keys()].filter((name) => !name.endsWith('/'))),
    read: async (name) => {
      const member = members.get(name);
      if (member === undefined) throw malformed(`there is no ${name} in it`);
      return readMember(file, name, member);
    },
  };
}

async function readMember(file: RandomAccess, name: string, { method, crc, compressed, size, offset }: Member): Promise<Buffer> {
  const head = await exactly(file, offset, LOCAL_FILE.bytes);
  if (head.readUInt32LE(0) !== LOCAL_FILE.signature) throw malformed(`${name} is not where the directory says`);
  const start = offset + LOCAL_FILE.bytes + head.readUInt16LE(26) + head.readUInt16LE(28);
  const body = await exactly(file, start, compressed);
  const content = inflated(method, body, size);
  if (content?.length !== size || crc32(content) !== crc) throw malformed(`${name} is damaged`);
  return content;
}

/** Never more than the directory says: a small archive must not fill the memory. */
function inflated(method: number, body: Buffer, size: number): Buffer | undefined {
  if (method === STORED) return body;
  if (method !== DEFLATED) return undefined;
  try {
    return inflateRawSync(body, { maxOutputLength: Math.max(size, 1) });
  } catch {
    return undefined;
  }
}

async function readDirectory(file: RandomAccess): Promise<ReadonlyMap<string, Member>> {
  const { start, bytes, count } = await findDirectory(file);
  const directory = await exactly(file, start, bytes);
  const members = new Map<string, Member>();
  for (let at = 0; at < bytes; ) {
    if (at + CENTRAL_FILE.bytes > bytes || directory.readUInt32LE(at) !== CENTRAL_FILE.signature) throw malformed('its directory is damaged');
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field)) as [number, number, number];
    const nameAt = at + CENTRAL_FILE.bytes;
    const name = directory.toString('utf8', nameAt, nameAt + nameBytes);
    if (members.has(name)) throw malformed(`${name} stands in it twice`);
    members.set(name, memberAt(directory, at, directory.subarray(nameAt + nameBytes, nameAt + nameBytes + extraBytes)));
    at = nameAt + nameBytes + extraBytes + commentBytes;
  }
  if (members.size !== count) throw malformed('its directory is incomplete');
  return members;
}

function memberAt(directory: Buffer, at: number, extra: Buffer): Member {
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

async function findDirectory(file: RandomAccess): Promise<{ start: number; bytes: number; count: number }> {
  const tailAt = Math.max(file.size - END.bytes - LONGEST_COMMENT, 0);
  const tail = await file.read(tailAt, file.size - tailAt);
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(END.signature);
  const at = tail.lastIndexOf(mark);
  if (at < 0 || at + END.bytes > tail.length) throw malformed('it does not end like one; was it cut off?');
  const [count, bytes, start] = [tail.readUInt16LE(at + 10), tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
  if (count !== COUNT_IN_64_BITS && bytes !== IN_64_BITS && start !== IN_64_BITS) return { start, bytes, count };
  const locator = await exactly(file, tailAt + at - END_64_LOCATOR.bytes, END_64_LOCATOR.bytes);
  if (locator.readUInt32LE(0) !== END_64_LOCATOR.signature) return { start, bytes, count };
  const end = await exactly(file, Number(locator.readBigUInt64LE(8)), END_64.bytes);
  if (end.readUInt32LE(0) !== END_64.signature) throw malformed('its end is damaged');
  return { count: Number(end.readBigUInt64LE(32)), bytes: Number(end.readBigUInt64LE(40)), start: Number(end.readBigUInt64LE(48)) };
}

async function exactly(file: RandomAccess, offset: number, length: number): Promise<Buffer> {
  if (offset < 0 || length < 0 || offset + length > file.size) throw malformed('it is cut off');
  return file.read(offset, length);
}

function malformed(what: string): LogFault {
  return new LogFault('PACKAGE_MALFORMED', `Not a sound ZIP archive: ${what}`);
}
