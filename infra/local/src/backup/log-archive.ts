import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isMissingFile } from '@brain/verifiable-log';
import { pack, type Pack } from 'tar-stream';
import { HashedFile, type FileDigest } from './hashed-file.js';

const TRIES = 10;

export interface LogArchive {
  /** The newest signed checkpoint; null: nothing was signed yet. */
  readonly checkpoint: string | null;
  readonly digest: FileDigest;
}

/**
 * The verifiable log as it is served, from a product that goes on, as one archive. The checkpoint first: what is
 * read after it has at least its entries. A partial tile that a wider one replaces meanwhile is left out; the log
 * makes what it lacks from the record when it starts.
 */
export async function archiveLog(folder: string, archive: string): Promise<LogArchive> {
  const tar = pack();
  let checkpoint: string | null = null;
  const packed = packAll(folder, tar, (text) => (checkpoint = text)).catch((error: unknown) => {
    tar.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  const file = new HashedFile(archive);
  for await (const chunk of tar as AsyncIterable<Buffer>) if (!file.write(chunk)) await file.drained();
  await packed;
  return { checkpoint, digest: await file.close() };
}

async function packAll(folder: string, tar: Pack, onCheckpoint: (text: string) => void): Promise<void> {
  const names = (await namesIn(folder)).filter((name) => !name.endsWith('.new'));
  for (const name of names.sort((a, b) => Number(b === 'checkpoint') - Number(a === 'checkpoint'))) {
    const bytes = await bytesOf(path.join(folder, name));
    if (bytes === undefined) continue;
    if (name === 'checkpoint') onCheckpoint(bytes.toString('utf8'));
    await new Promise<void>((resolve, reject) => {
      tar.entry({ name, mode: 0o644 }, bytes, (error) => (error ? reject(error) : resolve()));
    });
  }
  tar.finalize();
}

/** A folder of partial tiles may go while the list is made: then it is made again. */
async function namesIn(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  for (let tried = 1; ; tried += 1) {
    try {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
    } catch (error) {
      if (!isMissingFile(error) || tried === TRIES) throw error;
    }
  }
}

async function bytesOf(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw error;
  }
}
