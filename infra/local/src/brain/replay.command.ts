import { Command } from 'commander';
import type { ServiceName } from '@brain/contracts';
import type { ReplayComposition, TableComparison } from '@brain/event-store';
import { loadEngines, type EventStoreEngine } from '@brain/service-kit';
import type { LocalStack } from '../api/running-stack.js';
import { loadSecrets } from '../start/secrets.js';
import { databaseUrl } from '../start/service-specs.js';
import { countEvents } from './count-events.js';
import { stackOf } from './data-option.js';
import { ReplayProgress } from './replay-progress.js';
import { chosen, replayCompositions, type ReplayChoice } from './replay-selection.js';
import { replayService } from './replay-service.js';
import { showProgress } from './show-progress.js';

type Compared = TableComparison & { readonly service: ServiceName };

const INTERRUPTED = 'Interrupted: the live tables are whole, and what was being rebuilt is gone.';

export function replayCommand(root: string): Command {
  return new Command('replay')
    .description('Rebuilds every read table from the events, beside the live ones, and compares them by digest.\nExit code 0: identical. 1: some differ. 2: could not be rebuilt.')
    .option('--service <name>', 'the tables of one service only')
    .option('--table <name>', 'one read table only, by its name or that of its projection')
    .option('--swap', 'put the rebuilt tables in the place of the live ones', false)
    .action(async (options: ReplayChoice & { readonly swap: boolean }, command: Command) => {
      try {
        report(await replay(root, stackOf(command), options));
      } catch (error) {
        console.error(error instanceof Error ? error.message : error);
        process.exitCode = 2;
      }
    });
}

/** The services side by side: while one waits for the database, another reads events. */
async function replay(root: string, stack: LocalStack, options: ReplayChoice & { readonly swap: boolean }): Promise<readonly Compared[]> {
  const compositions = chosen(await replayCompositions(root), options);
  const eventStore = eventStoreOf(stack);
  const progress = new ReplayProgress(await totalOf(stack, eventStore, compositions));
  const { signal, forget } = interruptible();
  const failed = new AbortController();
  const end = showProgress(() => progress.line());
  try {
    const all = compositions.map(async (composition): Promise<readonly Compared[]> => {
      const onProgress = (events: number) => progress.add(events);
      const tables = await replayService(composition, { root, stack, eventStore, swap: options.swap, signal: AbortSignal.any([signal, failed.signal]), onProgress });
      return tables.map((table) => ({ service: composition.service, ...table }));
    });
    for (const one of all) one.catch((error: unknown) => failed.abort(error)); // the others need not go on
    await Promise.allSettled(all); // each cleans up after itself first
    signal.throwIfAborted();
    failed.signal.throwIfAborted();
    return (await Promise.all(all)).flat();
  } finally {
    end();
    forget();
  }
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
  return countEvents(databaseUrl('audit', { secrets: loadSecrets(stack.folder), postgresPort: stack.postgresPort }), compositions);
}

/** Named by the environment, as for the services; other events than theirs would make every table look wrong. */
function eventStoreOf(stack: LocalStack): EventStoreEngine {
  const { eventStore } = loadEngines(process.env);
  if (eventStore.kind === stack.eventStore) return eventStore;
  throw new Error(`The events of this stack are in ${stack.eventStore}: give BRAIN_EVENT_STORE and its address as at the start.`);
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
