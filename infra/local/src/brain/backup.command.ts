import path from 'node:path';
import { Command } from 'commander';
import { megabytes } from '../backup/free-space.js';
import { newPassphrase, terminalPrompt } from '../backup/passphrase.js';
import { withDatabaseOf } from '../backup/database-of.js';
import { takeBackup } from '../backup/take-backup.js';
import { fileOf } from './data-option.js';
import { showProgress } from './show-progress.js';

export function backupCommand(): Command {
  return new Command('backup')
    .description('Copies the data folder while the product runs (or stands still): database, verifiable log, and the keys sealed with a passphrase.')
    .argument('<dir>', 'an empty folder, or one that is made')
    .option('--passphrase-file <file>', 'its first line is the passphrase; else you are asked')
    .addHelpText('after', '\nWhat belongs together, what an old copy does, and how often to practise: infra/local/backup.md.\nExit code 0: the backup is whole, and has a manifest.json. 1: there is no backup.')
    .action(async (dir: string, options: { passphraseFile?: string }, command: Command) => {
      const { data } = command.optsWithGlobals<{ data: string }>();
      const [target, file] = [fileOf(dir), options.passphraseFile];
      const passphrase = await newPassphrase({ file: file === undefined ? undefined : fileOf(file), ask: terminalPrompt() });
      let line = 'beginning …';
      const done = showProgress(() => line);
      const onProgress = (sent: number, total: number) => (line = `database: ${megabytes(sent)} of about ${megabytes(Math.max(sent, total))}`);
      const manifest = await withDatabaseOf(fileOf(data), (source) => takeBackup({ ...source, target, passphrase, onProgress })).finally(done);
      console.log(`Backup of ${manifest.takenAt} in ${path.relative(process.cwd(), target) || '.'}: ${megabytes(manifest.files.reduce((sum, { bytes }) => sum + bytes, 0))}.`);
      console.log('Keep keys.sealed apart from the rest, and the passphrase apart from both: lost, nobody can restore it.');
      if (!manifest.hasMasterKeys) console.log('The master keys are not in it: they are where BRAIN_MASTER_KEY… says, and belong to this backup.');
      if (manifest.eventStore !== 'postgres') console.log('The event store is an engine of its own: back it up now, after this, with its own tools.');
    });
}
