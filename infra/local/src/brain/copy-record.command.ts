import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import { copyRecord } from '@brain/event-store';
import { EventStoreDbCopyTarget } from '@brain/event-store/eventstoredb';
import { createLogger, loadEngines, openWatchedStore } from '@brain/service-kit';
import { withDatabaseOf } from '../backup/database-of.js';
import { dataFolder } from '../start/data-folder.js';
import { isInUse } from '../start/folder-lock.js';
import { dataDirOf } from './data-option.js';

export function copyRecordCommand(): Command {
  return new Command('copy-record')
    .description(
      'Copies the whole record, in its order and with its hashes, into an EventStoreDB of your own, and compares both.\n' +
        'Run it again to go on where it stopped, and once more when the product is stopped, to finish.\n' +
        'Exit code 0: both are equal. 1: not copied, with the reason.',
    )
    .requiredOption('--to <url>', 'connection string of the EventStoreDB, which nobody else uses')
    .action(async ({ to }: { readonly to: string }, command: Command) => {
      const dataDir = dataDirOf(command);
      const runs = isInUse(dataFolder(dataDir).lock);
      for (const line of await copyInto(dataDir, to, runs)) console.log(line);
    });
}

async function copyInto(dataDir: string, url: string, runs: boolean): Promise<readonly string[]> {
  return withDatabaseOf(dataDir, async ({ databaseUrl, eventStore: kind }) => {
    const { eventStore } = loadEngines(process.env);
    if (eventStore.kind !== kind) throw new Error(`The events of this product are in ${kind}: give BRAIN_EVENT_STORE and its address as at the start.`);
    const source = await openWatchedStore({ eventStore, databaseUrl }, 'copy-record', createLogger('copy-record', 'warn'));
    const target = new EventStoreDbCopyTarget({ url });
    try {
      const { events, copied } = await copyRecord({ source, target, until: await source.headPosition() });
      const equal = `${String(copied)} events were copied; all ${String(events)} are equal in both, with their order, times and hashes.`;
      if (runs) return [equal, 'The product runs and goes on recording: stop it and run this again to finish.'];
      await target.store.nameStore(randomUUID());
      return [
        equal,
        'The copy is whole. From now on give BRAIN_EVENT_STORE=eventstoredb and BRAIN_EVENTSTOREDB_URL to each command, and first run:',
        '  npm run brain -- replay --swap',
      ];
    } finally {
      await source.close();
      await target.close();
    }
  });
}
