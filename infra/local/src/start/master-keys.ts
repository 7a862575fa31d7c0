import { existsSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { newMasterKey, PERSONAL_DATA_SCHEMA, type MasterKeys } from '@brain/event-store';
import { masterKeyPlaceOf, openMasterKeys } from '@brain/service-kit';
import type { DataFolder } from './data-folder.js';
import { StartError } from './start-error.js';
import { writeWhole } from './write-whole.js';

/** How the services are told of the master keys. */
export type MasterKeyGiven = Readonly<Record<string, string>>;

const UNDEFINED_TABLE = new Set(['42P01', '3D000', '3F000']);

export function masterKeyFile(folder: DataFolder): string {
  return path.join(folder.keys, 'master-keys');
}

/** Where the keys of a stack that runs are. */
export function masterKeyPlace(folder: DataFolder, env: NodeJS.ProcessEnv) {
  return masterKeyPlaceOf(env) ?? { file: masterKeyFile(folder) };
}

/** `mk-20261122-101500`: a name tells when its key was made, and is never used again. */
export function masterKeyName(now: Date): string {
  const digits = now.toISOString().replace(/\D/g, '');
  return `mk-${digits.slice(0, 8)}-${digits.slice(8, 14)}`;
}

/**
 * Those of the environment, else the file beside the database, made at the first start.
 * @throws StartError when the database knows a master key and the file is gone: a new one could read nothing
 */
export async function masterKeysFor(
  folder: DataFolder,
  urlOf: (database: string) => string,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly masterKeys: MasterKeys; readonly given: MasterKeyGiven }> {
  const place = masterKeyPlaceOf(env);
  if (place !== null) return { masterKeys: await openMasterKeys(place), given: givenIn(env) };
  const file = masterKeyFile(folder);
  if (!existsSync(file)) {
    const known = await masterKeyOnRecord(urlOf('brain'));
    if (known !== undefined) {
      throw new StartError(`Master key ${known} is needed to read personal data, and ${file} is gone. Put it back, or give the key in BRAIN_MASTER_KEY_FILE.`);
    }
    writeWhole(file, newMasterKey(masterKeyName(new Date())), 0o600);
  }
  return { masterKeys: await openMasterKeys({ file }), given: { BRAIN_MASTER_KEY_FILE: file } };
}

/** What says where the master keys are, for those services alone that hold keys. */
function givenIn(env: NodeJS.ProcessEnv): MasterKeyGiven {
  const named = Object.entries(env).filter(([name]) => name.startsWith('BRAIN_MASTER_KEY'));
  return Object.fromEntries(named.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

async function masterKeyOnRecord(url: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    const { rows } = await client.query<{ key_id: string }>(`SELECT key_id FROM ${PERSONAL_DATA_SCHEMA}.master_key ORDER BY since`);
    return rows[0]?.key_id;
  } catch (error) {
    if (error instanceof Error && 'code' in error && UNDEFINED_TABLE.has(String(error.code))) return undefined;
    throw error;
  } finally {
    await client.end();
  }
}
