import { existsSync } from 'node:fs';
import { findLocalStack } from '../api/running-stack.js';
import { dataFolder, openDataFolder, releaseDataFolder, type DataFolder } from '../start/data-folder.js';
import { DatabaseServer } from '../start/database-server.js';
import { localEngines } from '../start/engines.js';
import { givenServer, urlAt } from '../start/given-database.js';
import { isInUse } from '../start/folder-lock.js';
import { freeLoopbackPort } from '../start/ports.js';
import { loadSecrets } from '../start/secrets.js';
import { BackupError } from './backup-error.js';
import type { BackupManifest } from './manifest.js';

export interface DatabaseSource {
  readonly folder: DataFolder;
  /** Of the superuser. */
  readonly databaseUrl: string;
  readonly eventStore: BackupManifest['eventStore'];
}

/** The database of a data folder: that of the product that runs, else one started for the time of `use`. */
export async function withDatabaseOf<T>(dataDir: string, use: (source: DatabaseSource) => Promise<T>): Promise<T> {
  const folder = dataFolder(dataDir);
  if (givenServer(process.env) !== undefined) {
    throw new BackupError('DATABASE_NOT_OURS', 'The database is a server of your own: back it up with its own tools, in the order of infra/engines/README.md');
  }
  if (!existsSync(folder.postgres) || !existsSync(folder.secrets)) throw new BackupError('DATA_MISSING', `There is no data folder at ${dataDir}: name it with --data`);
  if (isInUse(folder.lock)) {
    const { postgres, eventStore } = findLocalStack(dataDir);
    return use({ folder, databaseUrl: superuserAt(postgres, folder), eventStore });
  }
  return withStoppedDatabase(folder, use);
}

async function withStoppedDatabase<T>(folder: DataFolder, use: (source: DatabaseSource) => Promise<T>): Promise<T> {
  await openDataFolder(folder.root);
  const server = new DatabaseServer(folder, loadSecrets(folder), await freeLoopbackPort(), () => undefined);
  try {
    await server.start();
    return await use({ folder, databaseUrl: server.url('brain'), eventStore: localEngines(process.env).eventStore.kind });
  } finally {
    await server.stop();
    releaseDataFolder(folder);
  }
}

function superuserAt(postgres: string, folder: DataFolder): string {
  return urlAt(postgres, { user: 'postgres', password: loadSecrets(folder).postgresPassword, database: 'brain' });
}
