import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { createSigningKeys } from '@brain/auth';
import { installEventStore } from '@brain/event-store';
import { installMessageBus, topicCatalogue } from '@brain/message-bus';
import { installTimeSeries } from '@brain/time-series';
import { tempDir } from '@brain/testing';

/** What every service needs beside its engines. */
export async function keySet(): Promise<{ readonly file: string; readonly remove: () => Promise<void> }> {
  const folder = await tempDir();
  const file = path.join(folder.path, 'jwks.json');
  await writeFile(file, JSON.stringify((await createSigningKeys()).jwks));
  return { file, remove: () => folder.remove() };
}

/** All engines in one database, for whoever owns it. */
export async function installEngines(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await installEventStore(client, { roles: [] });
    await installMessageBus(client, { roles: [], topics: topicCatalogue });
    await installTimeSeries(client, { roles: [] });
  } finally {
    await client.end();
  }
}
