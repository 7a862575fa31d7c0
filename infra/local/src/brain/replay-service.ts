import path from 'node:path';
import pg from 'pg';
import { rebuildReadTables, SealingEventStore, type EventReader, type ReplayComposition, type TableComparison } from '@brain/event-store';
import { createLogger, openEventStore, openPersonalData, type EventStoreEngine } from '@brain/service-kit';
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
}

/** With the service's own role and keys: a replay can read and write no more than the service itself. */
export async function replayService({ service, schema, projections, personalData }: ReplayComposition, replay: ServiceReplay): Promise<readonly TableComparison[]> {
  const { root, stack, eventStore, swap, signal, onProgress } = replay;
  const connectionString = databaseUrl(service, { secrets: loadSecrets(stack.folder), postgresPort: stack.postgresPort });
  const pool = new pg.Pool({ connectionString, max: 4, application_name: 'replay' });
  const stored = await openEventStore({ eventStore, databaseUrl: connectionString }, 'replay', createLogger('replay', 'warn'));
  try {
    const store: EventReader = personalData === 'none' ? stored : new SealingEventStore(stored, await openPersonalData(masterKeyPlace(stack.folder, process.env), pool));
    const migrationsDir = path.join(root, 'services', service, 'migrations');
    return await rebuildReadTables({ store, pool, schema, migrationsDir, projections, swap, signal, onProgress: ({ events }) => onProgress(events) });
  } finally {
    await stored.close();
    await pool.end();
  }
}
