import { Command } from 'commander';
import { megabytes } from '../backup/free-space.js';
import { givenPassphrase, terminalPrompt } from '../backup/passphrase.js';
import { restoreBackup } from '../backup/restore-backup.js';
import { fileOf } from './data-option.js';
import { showProgress } from './show-progress.js';

const WORDS = { checking: 'checking', unpacking: 'unpacking' } as const;

export function restoreCommand(): Command {
  return new Command('restore')
    .description('Makes a data folder (--data, an empty one) from a backup, after checking all of it.')
    .argument('<dir>', 'the folder of the backup')
    .option('--keys <file>', 'the sealed keys, when they are kept apart from the rest')
    .option('--passphrase-file <file>', 'its first line is the passphrase; else you are asked')
    .addHelpText('after', '\nAn old copy brings back people who were erased since: infra/local/backup.md says what to do.\nExit code 0: the folder can be started. 1: nothing was restored, or not all of it; the line says why.')
    .action(async (dir: string, options: { keys?: string; passphraseFile?: string }, command: Command) => {
      const { data } = command.optsWithGlobals<{ data: string }>();
      const { keys, passphraseFile: file } = options;
      let line = 'beginning …';
      const done = showProgress(() => line);
      const { manifest, events } = await restoreBackup({
        source: fileOf(dir),
        dataDir: fileOf(data),
        ...(keys === undefined ? {} : { keysFile: fileOf(keys) }),
        passphrase: () => givenPassphrase({ file: file === undefined ? undefined : fileOf(file), ask: terminalPrompt() }),
        onProgress: (what, bytes, total) => (line = `${WORDS[what]}: ${megabytes(bytes)} of ${megabytes(total)}`),
      }).finally(done);
      const record = events === null ? '' : `, ${events.toLocaleString('en')} events`;
      console.log(`Restored into ${fileOf(data)}: the state of ${manifest.takenAt}${record}. Start it with: npm start -- --data ${fileOf(data)}`);
      console.log('Then compare it with a checkpoint that you kept: npm run brain -- verify <address>/api/audit/log --vkey log.vkey --checkpoint kept');
      console.log('People who were erased after that moment are there again: erase them again before anybody reads (infra/local/backup.md).');
      if (manifest.eventStore !== 'postgres') console.log('The event store is an engine of its own: put back its copy, taken after this one, before the start.');
    });
}
