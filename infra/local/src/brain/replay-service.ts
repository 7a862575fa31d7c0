import path from 'node:path';
import pg from 'pg';
import type { StoredEvent } from '@brain/contracts';
import { rebuildReadTables, SealingEventStore, type EventReader, type PersonalData, type ReplayComposition, type SharedPass, type TableComparison } from '@brain/event-store';
import { createLogger, openWatchedStore, openPersonalData, type EventStoreEngine } from '@brain/service-kit';
import type { LocalStack } from '../api/running-stack.js';
import { masterKeyPlace } from '../start/master-keys.js';
import { loadSecrets } from '../start/secrets.js';
import { databaseUrl } from '../start/service-specs.js';

export interface ServiceReplay {
  readonly root: string;
  readonly stack: LocalStack;
  readonly eventStore: EventStoreEngine;
  readonly swap: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (events: number) => void;
  /** Stored events, read once for all services: what is sealed in them is opened by each with its own keys. */
  readonly pass: SharedPass;
}

/** With the service's own role and keys: a replay can read and write no more than the service itself. */
export async function replayService({ service, schema, projections, personalData }: ReplayComposition, replay: ServiceReplay): Promise<readonly TableComparison[]> {
  const { root, stack, eventStore, swap, signal, onProgress, pass } = replay;
  const connectionString = databaseUrl(service, { secrets: loadSecrets(stack.folder), postgres: stack.postgres });
  const pool = new pg.Pool({ connectionString, max: 4, application_name: 'replay' });
  const stored = await openWatchedStore({ eventStore, databaseUrl: connectionString }, 'replay', createLogger('replay', 'warn'));
  try {
    const people = personalData === 'none' ? undefined : await openPersonalData(masterKeyPlace(stack.folder, process.env), pool);
    const store: EventReader = people === undefined ? stored : new SealingEventStore(stored, people);
    const firstPass: SharedPass['readPages'] = (part) => (people === undefined ? pass.readPages(part) : revealed(people, pass.readPages(part)));
    const migrationsDir = path.join(root, 'services', service, 'migrations');
    return await rebuildReadTables({ store, firstPass, pool, schema, migrationsDir, projections, swap, signal, onProgress: ({ events }) => onProgress(events) });
  } finally {
    await stored.close();
    await pool.end();
  }
}

async function* revealed(people: PersonalData, pages: AsyncIterable<readonly StoredEvent[]>): AsyncIterable<readonly StoredEvent[]> {
  for await (const page of pages) yield people.reveal(page);
}
