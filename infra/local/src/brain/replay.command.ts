import { existsSync } from 'node:fs';
import { Command } from 'commander';
import type { ServiceName } from '@brain/contracts';
import { fillable, SharedPass, type EventReader, type ReplayComposition, type TableComparison } from '@brain/event-store';
import { createLogger, loadEngines, openWatchedStore, type EventStoreEngine } from '@brain/service-kit';
import { findLocalStack, type LocalStack } from '../api/running-stack.js';
import { withDatabaseOf } from '../backup/database-of.js';
import { dataFolder } from '../start/data-folder.js';
import { isInUse } from '../start/folder-lock.js';
import { addressOf } from '../start/given-database.js';
import { loadSecrets } from '../start/secrets.js';
import { databaseUrl } from '../start/service-specs.js';
import { countEvents } from './count-events.js';
import { dataDirOf } from './data-option.js';
import { replayFindings } from './replay-findings.js';
import { ReplayProgress } from './replay-progress.js';
import { chosen, replayCompositions, type ReplayChoice } from './replay-selection.js';
import { replayService, type ServiceReplay } from './replay-service.js';
import { takeOver } from './take-over.js';
import { showProgress } from './show-progress.js';

type Options = ReplayChoice & { readonly swap: boolean };
type Compared = TableComparison & { readonly service: ServiceName };

const INTERRUPTED = 'Interrupted: the live tables are whole, and what was being rebuilt is gone.';

export function replayCommand(root: string): Command {
  return new Command('replay')
    .description('Rebuilds every read table from the events, beside the live ones, and compares them by digest.\nExit code 0: identical. 1: some differ. 2: could not be rebuilt.')
    .option('--service <name>', 'the tables of one service only')
    .option('--table <name>', 'one read table only, by its name or that of its projection')
    .option('--swap', 'put the rebuilt tables in the place of the live ones', false)
    .action(async (options: Options, command: Command) => {
      try {
        report(await onStack(dataDirOf(command), (stack) => replay(root, stack, options)), options.swap);
      } catch (error) {
        console.error(error instanceof Error ? error.message : error);
        process.exitCode = 2;
      }
    });
}

/** The stack that runs, or that of a stopped product, whose database is started meanwhile. */
function onStack<T>(dataDir: string, use: (stack: LocalStack) => Promise<T>): Promise<T> {
  if (isInUse(dataFolder(dataDir).lock) || !existsSync(dataFolder(dataDir).postgres)) return use(findLocalStack(dataDir));
  return withDatabaseOf(dataDir, ({ folder, databaseUrl: url, eventStore }) => use({ folder, url: '', mqttUrl: '', postgres: addressOf(url), eventStore }));
}

async function replay(root: string, stack: LocalStack, options: Options): Promise<readonly Compared[]> {
  const compositions = chosen(await replayCompositions(root), options);
  const eventStore = eventStoreOf(stack);
  const progress = new ReplayProgress(await totalOf(stack, eventStore, compositions));
  const record = await openWatchedStore({ eventStore, databaseUrl: recordUrl(stack) }, 'replay', createLogger('replay', 'warn'));
  const remakesAll = options.swap && options.service === undefined && options.table === undefined;
  const { signal, forget } = interruptible();
  const end = showProgress(() => progress.line());
  try {
    const onProgress = (events: number) => progress.add(events);
    const takenOver = await takeOver({ root, stack, compositions, store: record, remakesAll });
    const compared = await replayAll(compositions, { root, stack, eventStore, swap: options.swap, onProgress }, record, signal);
    await takenOver?.done();
    return compared;
  } finally {
    end();
    forget();
    await record.close();
  }
}

/** The services side by side: while one waits for the database, another works. The record is read once for all of them. */
async function replayAll(
  compositions: readonly ReplayComposition[],
  common: Omit<ServiceReplay, 'signal' | 'pass'>,
  record: EventReader,
  interrupted: AbortSignal,
): Promise<readonly Compared[]> {
  const failed = new AbortController();
  const signal = AbortSignal.any([interrupted, failed.signal]);
  const readers = compositions.flatMap(({ projections }) => fillable(projections)).length;
  const pass = new SharedPass({ store: record, readers, signal });
  const all = compositions.map(async (composition): Promise<readonly Compared[]> => {
    const tables = await replayService(composition, { ...common, signal, pass });
    return tables.map((table) => ({ service: composition.service, ...table }));
  });
  for (const one of all) one.catch((error: unknown) => failed.abort(error)); // the others need not go on
  await Promise.allSettled(all); // each cleans up after itself first
  signal.throwIfAborted();
  return (await Promise.all(all)).flat();
}

/** Ctrl-C ends the replay in order. The second one finds it ending already. */
function interruptible(): { readonly signal: AbortSignal; readonly forget: () => void } {
  const controller = new AbortController();
  const interrupt = () => controller.abort(new Error(INTERRUPTED));
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, interrupt);
  return {
    signal: controller.signal,
    forget: () => {
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, interrupt);
    },
  };
}

function totalOf(stack: LocalStack, { kind }: EventStoreEngine, compositions: readonly ReplayComposition[]): Promise<number | undefined> {
  if (kind !== 'postgres') return Promise.resolve(undefined);
  return countEvents(recordUrl(stack), compositions);
}

/** As audit, which reads the whole record. */
function recordUrl(stack: LocalStack): string {
  return databaseUrl('audit', { secrets: loadSecrets(stack.folder), postgres: stack.postgres });
}

/** Named by the environment, as for the services; other events than theirs would make every table look wrong. */
function eventStoreOf(stack: LocalStack): EventStoreEngine {
  const { eventStore } = loadEngines(process.env);
  if (eventStore.kind === stack.eventStore) return eventStore;
  throw new Error(`The events of this stack are in ${stack.eventStore}: give BRAIN_EVENT_STORE and its address as at the start.`);
}

function report(compared: readonly Compared[], isSwapped: boolean): void {
  console.table(
    compared.map(({ service, table, rows, liveDigest, rebuiltDigest, identical, reason }) => ({
      service,
      table,
      rows,
      live: liveDigest.slice(0, 16),
      rebuilt: rebuiltDigest.slice(0, 16),
      identical: identical ? 'yes' : 'NO',
      why: reason ?? '',
    })),
  );
  for (const line of replayFindings(compared, isSwapped)) console.log(line);
  if (compared.some(({ identical }) => !identical)) process.exitCode = 1;
}
