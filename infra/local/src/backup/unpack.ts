import { createReadStream, createWriteStream } from 'node:fs';
import { chown, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import { BackupError } from './backup-error.js';
import { isInside } from './manifest.js';

export interface UnpackOptions {
  /** Who owns what is unpacked; undefined: we do. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  readonly modes: { readonly folder: number; readonly file: number };
  readonly onBytes?: (bytes: number) => void;
}

/** @throws BackupError BACKUP_UNREADABLE for an entry that is neither file nor folder, or that leads elsewhere */
export async function unpack(archive: string, folder: string, { owner, modes, onBytes = () => undefined }: UnpackOptions): Promise<void> {
  const own = async (file: string) => (owner === undefined ? undefined : chown(file, owner.uid, owner.gid));
  const folderAt = async (place: string) => {
    const made = await mkdir(place, { recursive: true, mode: modes.folder });
    for (let at = place; made !== undefined && at.length >= made.length; at = path.dirname(at)) await own(at);
  };
  await folderAt(folder);
  const source = createReadStream(archive);
  const entries = source.pipe(extract());
  source.on('error', (error) => entries.destroy(error));
  for await (const entry of entries) {
    const { name, type } = entry.header;
    const place = path.join(folder, name);
    if ((type !== 'file' && type !== 'directory') || !isInside(name)) throw new BackupError('BACKUP_UNREADABLE', `${path.basename(archive)} has ${name}, which is no file of a backup`);
    if (type === 'directory') {
      await folderAt(place);
      entry.resume();
      continue;
    }
    await folderAt(path.dirname(place));
    entry.on('data', (chunk: Buffer) => onBytes(chunk.length));
    await pipeline(entry, createWriteStream(place, { mode: modes.file }));
    await own(place);
  }
}
