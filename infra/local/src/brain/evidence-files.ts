import { open, readdir, readFile, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { openZip, PACKAGE, type PackageFiles } from '@brain/verifiable-log';

export interface OpenedEvidence {
  readonly files: PackageFiles;
  readonly close: () => Promise<void>;
}

/** The evidence package at this path: an archive, or the folder it was unpacked into; undefined: something else. */
export async function evidenceAt(target: string): Promise<OpenedEvidence | undefined> {
  const { size, ...found } = await sizeOf(target);
  if (found.isFolder) return evidenceFolder(target);
  const handle = await open(target, 'r');
  try {
    if ((await pieceOf(handle, 0, 2)).toString('latin1') === 'PK') {
      return { files: await openZip({ size, read: (offset, length) => pieceOf(handle, offset, length) }), close: () => handle.close() };
    }
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return undefined;
}

async function evidenceFolder(folder: string): Promise<OpenedEvidence | undefined> {
  if (!(await readdir(folder)).includes(PACKAGE.manifestNote)) return undefined;
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = found.filter((entry) => !entry.isDirectory()).map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
  return { files: { names: new Set(names), read: (name) => readFile(path.join(folder, name)) }, close: () => Promise.resolve() };
}

async function sizeOf(target: string): Promise<{ readonly size: number; readonly isFolder: boolean }> {
  const found = await stat(target);
  return { size: found.size, isFolder: found.isDirectory() };
}

async function pieceOf(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const piece = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(piece, filled, length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return piece.subarray(0, filled);
}
