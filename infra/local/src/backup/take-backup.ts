import path from 'node:path';
import { writeDurably } from '@brain/service-kit';
import pg from 'pg';
import { DATA_VERSION, type DataFolder } from '../start/data-folder.js';
import { BackupError } from './backup-error.js';
import { baseBackup, type BaseBackupDone } from './base-backup.js';
import { requireEmptyFolder } from './empty-folder.js';
import { requireSpace } from './free-space.js';
import { digestOf, HashedFile, type FileDigest } from './hashed-file.js';
import { isSameFiles, readKeyFiles } from './key-files.js';
import { archiveLog } from './log-archive.js';
import { DATABASE_ARCHIVE, LOG_ARCHIVE, SEALED_KEYS, writeManifest, type BackupManifest } from './manifest.js';
import { sealKeys } from './sealed-keys.js';

export interface BackupRequest {
  readonly folder: DataFolder;
  /** Of the superuser. */
  readonly databaseUrl: string;
  readonly eventStore: BackupManifest['eventStore'];
  readonly target: string;
  readonly passphrase: string;
  /** Bytes so far and altogether; 0: not known yet. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * A copy of a data folder while the product goes on. Log before database: what the log has signed is then in the
 * database that comes with it, and a restored product continues the log. The manifest last: without it, it is no backup.
 */
export async function takeBackup(request: BackupRequest): Promise<BackupManifest> {
  const { folder, target, passphrase } = request;
  await requireEmptyFolder(target, 'A backup');
  const keysBefore = await readKeyFiles(folder);
  const takenAt = new Date().toISOString();
  const log = await archiveLog(folder.log, path.join(target, LOG_ARCHIVE));
  const database = await archiveDatabase(request);
  const keys = await readKeyFiles(folder);
  if (!isSameFiles(keysBefore, keys)) throw new BackupError('KEYS_CHANGED', 'Keys were changed while the backup was taken, so it may not be readable with them: take it again');
  const sealed = path.join(target, SEALED_KEYS);
  await writeDurably([{ file: sealed, bytes: Buffer.from(await sealKeys(keys, passphrase)), mode: 0o600 }]);
  const manifest = {
    takenAt,
    dataVersion: DATA_VERSION,
    postgres: { version: database.version, unpackedBytes: database.digest.bytes, startLsn: database.start, endLsn: database.end },
    eventStore: request.eventStore,
    hasMasterKeys: keys.some((file) => file.path === 'keys/master-keys'),
    checkpoint: log.checkpoint,
    files: [
      { path: DATABASE_ARCHIVE, ...database.digest },
      { path: LOG_ARCHIVE, ...log.digest },
      { path: SEALED_KEYS, ...(await digestOf(sealed)) },
    ],
  };
  await writeManifest(target, manifest);
  return { format: 1, ...manifest };
}

interface ArchivedDatabase extends BaseBackupDone {
  readonly version: string;
  readonly digest: FileDigest;
}

async function archiveDatabase({ databaseUrl, target, onProgress = () => undefined }: BackupRequest): Promise<ArchivedDatabase> {
  const { version, bytes } = await sizeOf(databaseUrl);
  await requireSpace(target, bytes, 'The backup');
  const file = new HashedFile(path.join(target, DATABASE_ARCHIVE));
  let total = 0;
  const done = await baseBackup(databaseUrl, {
    failed: file.failed,
    onSize: (size) => (total = size),
    onData: (chunk, resume) => {
      const goesOn = file.write(chunk);
      if (!goesOn) void file.drained().then(resume, () => undefined);
      onProgress(file.bytes, total);
      return goesOn;
    },
  });
  return { ...done, version, digest: await file.close() };
}

async function sizeOf(databaseUrl: string): Promise<{ readonly version: string; readonly bytes: number }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string; bytes: string }>(
      `SELECT current_setting('server_version') AS version,
              (SELECT sum(pg_database_size(oid)) FROM pg_database)::text AS bytes`,
    );
    return { version: rows[0]?.version ?? '', bytes: Number(rows[0]?.bytes ?? 0) };
  } finally {
    await client.end();
  }
}
