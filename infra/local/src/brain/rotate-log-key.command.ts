import path from 'node:path';
import { Command } from 'commander';
import { stackOf } from './data-option.js';
import { rotateLogKey } from './rotate-log-key.js';

export function rotateLogKeyCommand(): Command {
  return new Command('rotate-log-key')
    .description('Gives the verifiable log a new signing key. The old key says so, signs along, and takes effect with the next checkpoint; no restart.')
    .action(async (_options: unknown, command: Command) => {
      const { folder } = stackOf(command);
      const { previous, next } = await rotateLogKey({ keyFile: path.join(folder.keys, 'log.key'), logFolder: folder.log });
      console.log(`The log was signed with  ${previous}\nand is from now on with   ${next}\nThe statement is in ${path.join(folder.log, 'key-rotations')} and at /api/audit/log/key-rotations.`);
    });
}
