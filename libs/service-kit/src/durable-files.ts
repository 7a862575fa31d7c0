import * as nodeDisk from 'node:fs/promises';
import path from 'node:path';

export interface FileToWrite {
  /** Absolute. */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Default 0o644. */
  readonly mode?: number;
}

/** What durable writing takes of a file system: that of Node, or in a test one that is full. */
export interface Disk {
  mkdir(folder: string, options: { readonly recursive: true }): Promise<unknown>;
  open(file: string, flags: 'r' | 'w', mode?: number): Promise<OpenFile>;
  rename(from: string, to: string): Promise<void>;
  rm(file: string, options: { readonly force: true }): Promise<void>;
}

export interface OpenFile {
  writeFile(bytes: Uint8Array): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Writes files so that each is there whole or not at all, and is on disk when this resolves: beside, synced, renamed,
 * and the folder synced too. A full disk throws before anything took its place.
 */
export async function writeDurably(files: readonly FileToWrite[], disk: Disk = nodeDisk): Promise<void> {
  const folders = [...new Set(files.map(({ file }) => path.dirname(file)))];
  for (const folder of folders) await disk.mkdir(folder, { recursive: true });
  // All at once: a disk makes many syncs that wait for it into few.
  const written = await Promise.allSettled(files.map(({ file, bytes, mode = 0o644 }) => writeSynced(disk, beside(file), bytes, mode)));
  const failed = written.find((one) => one.status === 'rejected');
  if (failed !== undefined) {
    await Promise.all(files.map(({ file }) => disk.rm(beside(file), { force: true })));
    throw failed.reason;
  }
  for (const { file } of files) await disk.rename(beside(file), file);
  await Promise.all(folders.map((folder) => syncFolder(disk, folder)));
}

/** By process: two that write the same file must not write into each other's. */
function beside(file: string): string {
  return `${file}.${String(process.pid)}.new`;
}

async function writeSynced(disk: Disk, file: string, bytes: Uint8Array, mode: number): Promise<void> {
  const handle = await disk.open(file, 'w', mode);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A rename is durable when the folder is. */
async function syncFolder(disk: Disk, folder: string): Promise<void> {
  const handle = await disk.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
