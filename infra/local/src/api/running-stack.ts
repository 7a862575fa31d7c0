import { existsSync, readFileSync } from 'node:fs';
import { dataFolder, type DataFolder } from '../start/data-folder.js';
import type { Credential } from '../start/secrets.js';
import type { Role } from '@brain/contracts';
import { ApiClient } from './api-client.js';

/** A stack that runs on this computer, found by its data folder. */
export interface LocalStack {
  readonly folder: DataFolder;
  readonly url: string;
  readonly mqttUrl: string;
  /** Host, port and parameters of PostgreSQL, as an address without user and database. */
  readonly postgres: string;
  readonly eventStore: 'postgres' | 'eventstoredb';
}

/** @throws Error when nothing runs there */
export function findLocalStack(dataDir: string): LocalStack {
  const folder = dataFolder(dataDir);
  if (!existsSync(folder.runtime)) {
    throw new Error(`Nothing runs with the data folder ${dataDir}. Start it with npm start, or name another with --data.`);
  }
  const runtime = JSON.parse(readFileSync(folder.runtime, 'utf8')) as Omit<LocalStack, 'folder'>;
  return { folder, ...runtime };
}

/** Signed in with the generated account of that role. */
export function signedInAs(role: Role, folder: DataFolder, url: string): ApiClient {
  const credentials = JSON.parse(readFileSync(folder.credentials, 'utf8')) as Credential[];
  const account = credentials.find((credential) => credential.role === role);
  if (account === undefined) throw new Error(`${folder.credentials} has no account with the role ${role}`);
  return new ApiClient(url, account);
}
