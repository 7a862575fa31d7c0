import { crc32, inflateRawSync } from 'node:zlib';
import type { PackageFiles } from './package-files.js';
import { exactly, malformedZip, type RandomAccess } from './zip-bytes.js';
import { readDirectory, type ZipMember } from './zip-directory.js';
import { DEFLATED, LOCAL_FILE, SIZES_FOLLOW, STORED } from './zip-records.js';

/** The manifest of the largest package has 60 MB. What claims more is not read: a small archive must not fill the memory. */
const LARGEST_FILE = 256 * 1024 ** 2;
/** Of CRC and sizes behind a file whose header did not know them, with or without a signature, in 32 or 64 bits. */
const SIZES_BEHIND: readonly number[] = [12, 16, 20, 24];

/**
 * The files of a ZIP archive, read one at a time. What programs would read in different ways is refused: a name that
 * stands there twice, a file under another name than the directory has for it, bytes that belong to no file.
 */
export async function openZip(file: RandomAccess): Promise<PackageFiles> {
  const members = await readDirectory(file);
  for (const [name, member] of members) if (name.endsWith('/') && (await readMember(file, name, member)).length > 0) throw malformedZip(`${name} is a folder with content`);
  return {
    names: new Set([...members.keys()].filter((name) => !name.endsWith('/'))),
    read: async (name) => {
      const member = members.get(name);
      if (member === undefined) throw malformedZip(`there is no ${name} in it`);
      return readMember(file, name, member);
    },
  };
}

async function readMember(file: RandomAccess, name: string, { method, crc, compressed, size, offset, end }: ZipMember): Promise<Buffer> {
  const head = await exactly(file, offset, LOCAL_FILE.bytes);
  if (head.readUInt32LE(0) !== LOCAL_FILE.signature) throw malformedZip(`${name} is not where the directory says`);
  const [nameBytes, extraBytes] = [head.readUInt16LE(26), head.readUInt16LE(28)];
  const local = await exactly(file, offset + LOCAL_FILE.bytes, nameBytes);
  if (local.toString('utf8') !== name) throw malformedZip(`${name} has another name where it lies`);
  const start = offset + LOCAL_FILE.bytes + nameBytes + extraBytes;
  const behind = end - start - compressed;
  if (behind !== 0 && !((head.readUInt16LE(6) & SIZES_FOLLOW) !== 0 && SIZES_BEHIND.includes(behind))) throw malformedZip(`something that is no file lies behind ${name}`);
  if (size > LARGEST_FILE || compressed > LARGEST_FILE) throw malformedZip(`${name} is larger than any file of a package`);
  const content = inflated(method, await exactly(file, start, compressed), size);
  if (content?.length !== size || crc32(content) !== crc) throw malformedZip(`${name} is damaged`);
  return content;
}

/** Never more than the directory says. */
function inflated(method: number, body: Buffer, size: number): Buffer | undefined {
  if (method === STORED) return body;
  if (method !== DEFLATED) return undefined;
  try {
    return inflateRawSync(body, { maxOutputLength: Math.max(size, 1) });
  } catch {
    return undefined;
  }
}
