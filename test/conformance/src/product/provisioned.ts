import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { createSigningKeys } from '@brain/auth';
import { installEventStore, installPersonalData, MasterKeyRing } from '@brain/event-store';
import { installMessageBus, topicCatalogue } from '@brain/message-bus';
import { installTimeSeries } from '@brain/time-series';
import { MASTER_KEY, tempDir } from '@brain/testing';

export interface KeySet {
  readonly file: string;
  /** For the audit service. */
  readonly env: Readonly<Record<string, string>>;
  readonly remove: () => Promise<void>;
}

/** What every service needs beside its engines. */
export async function keySet(): Promise<KeySet> {
  const folder = await tempDir();
  const file = path.join(folder.path, 'jwks.json');
  await writeFile(file, JSON.stringify((await createSigningKeys()).jwks));
  const log = { AUDIT_LOG_FOLDER: path.join(folder.path, 'log'), AUDIT_LOG_KEY_FILE: path.join(folder.path, 'log.key') };
  return { file, env: { BRAIN_AUTH_JWKS_FILE: file, BRAIN_MASTER_KEY: MASTER_KEY, ...log }, remove: () => folder.remove() };
}

/** All engines in one database, for whoever owns it. */
export async function installEngines(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await installEventStore(client, { roles: [] });
    await installPersonalData(client, { masterKeys: MasterKeyRing.fromText(MASTER_KEY), readers: [], writers: [], erasers: [] });
    await installMessageBus(client, { roles: [], topics: topicCatalogue });
    await installTimeSeries(client, { roles: [] });
  } finally {
    await client.end();
  }
}
