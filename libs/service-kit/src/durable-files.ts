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
  const beside: { readonly from: string; readonly to: string }[] = [];
  try {
    for (const { file, bytes, mode = 0o644 } of files) {
      await disk.mkdir(path.dirname(file), { recursive: true });
      // By process: two that write the same file must not write into each other's.
      const from = `${file}.${String(process.pid)}.new`;
      beside.push({ from, to: file });
      await writeSynced(disk, from, bytes, mode);
    }
  } catch (error) {
    await Promise.all(beside.map(({ from }) => disk.rm(from, { force: true })));
    throw error;
  }
  for (const { from, to } of beside) await disk.rename(from, to);
  for (const folder of new Set(files.map(({ file }) => path.dirname(file)))) await syncFolder(disk, folder);
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
