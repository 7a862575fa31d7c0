import { crc32, deflateRawSync } from 'node:zlib';
import { ByteBlocks } from './byte-blocks.js';
import type { Deflated } from './deflated-text.js';
import { CENTRAL_FILE, COUNT_IN_64_BITS, DEFLATED, END, END_64, END_64_LOCATOR, EXTRA_64, IN_64_BITS, LOCAL_FILE, STORED, UTF8_NAMES } from './zip-records.js';

const VERSION_64 = 45;
const MADE_ON_UNIX = 3 << 8;
const ORDINARY_FILE = 0o100644 * 0x10000;

/**
 * Writes a ZIP archive piece by piece: each file is given whole, so its sizes stand before it and every program reads
 * it. Beyond 65,535 files or 4 GiB it goes on in the 64-bit form. Keeps one short record a file and nothing else.
 */
export class ZipWriter {
  private readonly directory = new ByteBlocks();
  private files = 0;
  private offset = 0;
  private readonly when: number;

  /** @param at of every file in it */
  constructor(at: Date) {
    this.when = dosTime(at);
  }

  /** The bytes to send for this file. */
  file(name: string, content: Uint8Array): Buffer {
    const deflated = deflateRawSync(content);
    const isSmaller = deflated.length < content.length;
    const body = isSmaller ? deflated : content;
    const head = this.head(name, { method: isSmaller ? DEFLATED : STORED, crc: crc32(content), compressed: body.length, size: content.length });
    return Buffer.concat([head, body]);
  }

  /** The same for a text that is compressed already. */
  *deflatedFile(name: string, { body, crc, size }: Deflated): Generator<Buffer> {
    yield this.head(name, { method: DEFLATED, crc, compressed: body.reduce((bytes, piece) => bytes + piece.length, 0), size });
    yield* body;
  }

  private head(name: string, { method, crc, compressed, size }: Member): Buffer {
    const path = Buffer.from(name, 'utf8');
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(VERSION_64, 0);
    shared.writeUInt16LE(UTF8_NAMES, 2);
    shared.writeUInt16LE(method, 4);
    shared.writeUInt32LE(this.when, 6);
    shared.writeUInt32LE(crc, 10);
    shared.writeUInt32LE(compressed, 14);
    shared.writeUInt32LE(size, 18);
    shared.writeUInt16LE(path.length, 22);
    const head = Buffer.concat([uint32(LOCAL_FILE.signature), shared, path]);
    this.directory.push(centralRecord(shared, path, this.offset));
    this.files += 1;
    this.offset += head.length + compressed;
    return head;
  }

  /** The directory, which ends the archive. */
  *end(): Generator<Buffer> {
    const start = this.offset;
    let bytes = 0;
    for (const records of this.directory) {
      bytes += records.length;
      yield records;
    }
    if (this.files >= COUNT_IN_64_BITS || start + bytes >= IN_64_BITS) yield end64(this.files, bytes, start);
    const end = Buffer.alloc(END.bytes);
    end.writeUInt32LE(END.signature, 0);
    end.writeUInt16LE(Math.min(this.files, COUNT_IN_64_BITS), 8);
    end.writeUInt16LE(Math.min(this.files, COUNT_IN_64_BITS), 10);
    end.writeUInt32LE(Math.min(bytes, IN_64_BITS), 12);
    end.writeUInt32LE(Math.min(start, IN_64_BITS), 16);
    yield end;
  }
}

interface Member {
  readonly method: number;
  readonly crc: number;
  readonly compressed: number;
  readonly size: number;
}

function centralRecord(shared: Buffer, path: Buffer, offset: number): Buffer {
  const extra = offset >= IN_64_BITS ? Buffer.concat([uint16(EXTRA_64), uint16(8), uint64(offset)]) : Buffer.alloc(0);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(ORDINARY_FILE, 6);
  rest.writeUInt32LE(Math.min(offset, IN_64_BITS), 10);
  const lengths = Buffer.from(shared);
  lengths.writeUInt16LE(extra.length, 24);
  return Buffer.concat([uint32(CENTRAL_FILE.signature), uint16(MADE_ON_UNIX | VERSION_64), lengths, rest, path, extra]);
}

function end64(files: number, bytes: number, start: number): Buffer {
  const record = Buffer.alloc(END_64.bytes);
  record.writeUInt32LE(END_64.signature, 0);
  record.writeBigUInt64LE(BigInt(END_64.bytes - 12), 4);
  record.writeUInt16LE(MADE_ON_UNIX | VERSION_64, 12);
  record.writeUInt16LE(VERSION_64, 14);
  for (const [value, at] of [[files, 24], [files, 32], [bytes, 40], [start, 48]] as const) record.writeBigUInt64LE(BigInt(value), at);
  const locator = Buffer.alloc(END_64_LOCATOR.bytes);
  locator.writeUInt32LE(END_64_LOCATOR.signature, 0);
  locator.writeBigUInt64LE(BigInt(start + bytes), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator]);
}

/** In UTC: the archive is the same wherever it is made. */
function dosTime(at: Date): number {
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  const day = (Math.max(at.getUTCFullYear() - 1980, 0) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  return (day * 0x10000 + time) >>> 0;
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
