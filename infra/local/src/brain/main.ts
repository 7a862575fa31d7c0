import path from 'node:path';
import { Command } from 'commander';
import { copyRecordCommand } from './copy-record.command.js';
import { doctorCommand } from './doctor.command.js';
import { backupCommand } from './backup.command.js';
import { erasePersonCommand } from './erase-person.command.js';
import { exportCommand } from './export.command.js';
import { importCommand } from './import.command.js';
import { replayCommand } from './replay.command.js';
import { restoreCommand } from './restore.command.js';
import { rotateLogKeyCommand } from './rotate-log-key.command.js';
import { rotateMasterKeyCommand } from './rotate-master-key.command.js';
import { simulateCommand } from './simulate.command.js';
import { verifyCommand } from './verify.command.js';
import { witnessCommand } from './witness.command.js';

const root = path.resolve(import.meta.dirname, '../../../..');

const program = new Command('npm run brain --')
  .description('The command line of Community Brain. Works on the stack that runs with the data folder.')
  .option('--data <dir>', 'data folder of the running stack', path.join(root, '.data'))
  .addCommand(importCommand())
  .addCommand(exportCommand())
  .addCommand(replayCommand(root))
  .addCommand(simulateCommand())
  .addCommand(verifyCommand())
  .addCommand(witnessCommand())
  .addCommand(doctorCommand())
  .addCommand(rotateLogKeyCommand())
  .addCommand(copyRecordCommand())
  .addCommand(backupCommand())
  .addCommand(restoreCommand())
  .addCommand(erasePersonCommand())
  .addCommand(rotateMasterKeyCommand());

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
