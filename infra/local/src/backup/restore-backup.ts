import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { serverUser, startPostgres } from '@brain/testing/postgres-server';
import { dataFolder, DATA_VERSION, type DataFolder } from '../start/data-folder.js';
import { requireNotInUse } from '../start/folder-lock.js';
import { freeLoopbackPort } from '../start/ports.js';
import { loadSecrets } from '../start/secrets.js';
import { runningOf } from '../start/process-list.js';
import { BackupError } from './backup-error.js';
import { requireEmptyFolder } from './empty-folder.js';
import { requireSpace } from './free-space.js';
import { writeKeyFiles } from './key-files.js';
import { DATABASE_ARCHIVE, LOG_ARCHIVE, readManifest, SEALED_KEYS, verifyFiles, type BackupManifest } from './manifest.js';
import { openKeys } from './sealed-keys.js';
import { unpack } from './unpack.js';

export interface RestoreRequest {
  readonly source: string;
  readonly dataDir: string;
  readonly passphrase: () => Promise<string>;
  /** Where the sealed keys are when they are kept apart. */
  readonly keysFile?: string;
  /** What it does, and the share that is done. */
  readonly onProgress?: (what: 'checking' | 'unpacking', done: number, total: number) => void;
}

export interface Restored {
  readonly manifest: BackupManifest;
  /** Events in the record of the restored database; null: the event store is another engine. */
  readonly events: number | null;
}

/**
 * A data folder from a backup, into an empty place. Everything is checked before the first byte is written; the
 * folder can be started when this has ended, and is refused by a start before.
 */
export async function restoreBackup(request: RestoreRequest): Promise<Restored> {
  const { source, onProgress = () => undefined } = request;
  const folder = dataFolder(request.dataDir);
  refuseInUse(folder);
  const manifest = await readManifest(source);
  if (manifest.dataVersion > DATA_VERSION) throw new BackupError('BACKUP_NEWER', `The backup is of version ${String(manifest.dataVersion)}, this program knows version ${String(DATA_VERSION)}: use the newer program`);
  await requireEmptyFolder(folder.root, 'A restore');
  const inside = request.keysFile === undefined ? manifest.files : manifest.files.filter((file) => file.path !== SEALED_KEYS);
  await requireSpace(folder.root, 2 * sizeOf(manifest, LOG_ARCHIVE) + manifest.postgres.unpackedBytes, 'The restored folder');
  const total = inside.reduce((sum, { bytes }) => sum + bytes, 0);
  let checked = 0;
  await verifyFiles(source, inside, (bytes) => onProgress('checking', (checked += bytes), total));
  const keys = await openKeys(await readFile(request.keysFile ?? path.join(source, SEALED_KEYS), 'utf8'), await request.passphrase());

  await writeFile(folder.unfinishedRestore, 'This folder is being restored, or its restore was interrupted: then empty it and restore again.\n');
  let unpacked = 0;
  const onBytes = (bytes: number) => onProgress('unpacking', (unpacked += bytes), total);
  await unpack(path.join(source, LOG_ARCHIVE), folder.log, { modes: { folder: 0o700, file: 0o644 }, onBytes });
  const { uid, gid } = await serverUser();
  const owner = uid === undefined || gid === undefined ? {} : { owner: { uid, gid } };
  await unpack(path.join(source, DATABASE_ARCHIVE), folder.postgres, { ...owner, modes: { folder: 0o700, file: 0o600 }, onBytes });
  await chmod(folder.root, 0o700);
  await writeKeyFiles(folder.root, keys);
  await writeFile(folder.version, `${JSON.stringify({ dataVersion: manifest.dataVersion })}\n`, { mode: 0o600, flush: true });
  const events = await recover(folder, manifest);
  await rm(folder.unfinishedRestore);
  return { manifest, events };
}

function refuseInUse(folder: DataFolder): void {
  requireNotInUse(folder.lock);
  const [left] = runningOf(folder.processes);
  if (left !== undefined) throw new BackupError('FOLDER_IN_USE', `${left.name} (process ${String(left.pid)}) uses the folder ${folder.root}`);
}

function sizeOf({ files }: BackupManifest, name: string): number {
  return files.find((file) => file.path === name)?.bytes ?? 0;
}

/** Lets PostgreSQL bring the copy to the moment it is of, so that a copy which does not open is known now. */
async function recover(folder: DataFolder, { eventStore }: BackupManifest): Promise<number | null> {
  const server = await startPostgres({ dataDir: folder.postgres, port: await freeLoopbackPort(), password: loadSecrets(folder).postgresPassword });
  try {
    const client = new pg.Client({ connectionString: server.url('brain') });
    await client.connect();
    try {
      await endSessions(client);
      if (eventStore !== 'postgres') return null;
      const { rows } = await client.query<{ events: string }>('SELECT count(*)::text AS events FROM event_store.event');
      return Number(rows[0]?.events ?? 0);
    } finally {
      await client.end();
    }
  } finally {
    await server.stop();
  }
}

/** Who signed out, or was shut out, after the backup would be signed in again by it: everybody signs in anew. */
async function endSessions(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ kept: boolean }>("SELECT to_regclass('operations_gateway.sessions') IS NOT NULL AS kept");
  if (rows[0]?.kept === true) await client.query('DELETE FROM operations_gateway.sessions');
}
