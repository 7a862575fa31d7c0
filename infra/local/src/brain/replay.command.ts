import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import pg from 'pg';
import { SERVICES, type ServiceName } from '@brain/contracts';
import { rebuildReadTables, SealingEventStore, type Projection, type TableComparison } from '@brain/event-store';
import { createLogger, loadEngines, openEventStore, openPersonalData, type EventStoreEngine } from '@brain/service-kit';
import type { LocalStack } from '../api/running-stack.js';
import { masterKeyPlace } from '../start/master-keys.js';
import { databaseUrl } from '../start/service-specs.js';
import { loadSecrets } from '../start/secrets.js';
import { stackOf } from './data-option.js';

/** What a service's `replay.ts` exports: its read tables and nothing that can send, publish or notify. */
interface ReadTables {
  readonly schema: string;
  readonly projections: readonly Projection[];
  readonly personalData?: 'none';
}

type Compared = TableComparison & { readonly service: ServiceName };

export function replayCommand(root: string): Command {
  return new Command('replay')
    .description('Rebuilds every read table from the events, beside the live ones, and compares them by digest.')
    .option('--service <name>', 'one service only')
    .option('--swap', 'put the rebuilt tables in the place of the live ones', false)
    .action(async (options: { service?: ServiceName; swap: boolean }, command: Command) => {
      const stack = stackOf(command);
      const services = options.service === undefined ? SERVICES : [options.service];
      const eventStore = eventStoreOf(stack);
      const compared: Compared[] = [];
      for (const service of services) {
        for (const table of await replayService(root, stack, eventStore, service, options.swap)) compared.push({ service, ...table });
      }
      report(compared);
    });
}

/** Named by the environment, as for the services; other events than theirs would make every table look wrong. */
function eventStoreOf(stack: LocalStack): EventStoreEngine {
  const { eventStore } = loadEngines(process.env);
  if (eventStore.kind === stack.eventStore) return eventStore;
  throw new Error(`The events of this stack are in ${stack.eventStore}: give BRAIN_EVENT_STORE and its address as at the start.`);
}

async function replayService(
  root: string,
  stack: LocalStack,
  eventStore: EventStoreEngine,
  service: ServiceName,
  swap: boolean,
): Promise<readonly TableComparison[]> {
  const file = path.join(root, 'services', service, 'dist/replay.js');
  if (!existsSync(file)) throw new Error(`${service} is not built, or there is no such service`);
  const { readTables } = (await import(pathToFileURL(file).href)) as { readTables: ReadTables };
  if (readTables.projections.length === 0) return [];

  const secrets = loadSecrets(stack.folder);
  const connectionString = databaseUrl(service, { secrets, postgresPort: stack.postgresPort });
  const pool = new pg.Pool({ connectionString, max: 4, application_name: 'replay' });
  const stored = await openEventStore({ eventStore, databaseUrl: connectionString }, 'replay', createLogger('replay', 'warn'));
  try {
    const store = readTables.personalData === 'none' ? stored : new SealingEventStore(stored, await openPersonalData(masterKeyPlace(stack.folder, process.env), pool));
    return await rebuildReadTables({
      store,
      pool,
      schema: readTables.schema,
      migrationsDir: path.join(root, 'services', service, 'migrations'),
      projections: readTables.projections,
      onProgress: ({ events }) => showProgress(service, events),
      swap,
    });
  } finally {
    await stored.close();
    await pool.end();
    clearProgress();
  }
}

function report(compared: readonly Compared[]): void {
  console.table(
    compared.map(({ service, table, rows, liveDigest, rebuiltDigest, identical }) => ({
      service,
      table,
      rows,
      live: liveDigest.slice(0, 16),
      rebuilt: rebuiltDigest.slice(0, 16),
      identical: identical ? 'yes' : 'NO',
    })),
  );
  const different = compared.filter(({ identical }) => !identical).length;
  console.log(
    different === 0
      ? `All ${String(compared.length)} read tables are identical to what the events say.`
      : `${String(different)} of ${String(compared.length)} read tables differ from what the events say.`,
  );
  if (different > 0) process.exitCode = 1;
}

function showProgress(service: string, events: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${service}: ${events.toLocaleString('en')} events`);
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
}
