import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import pg from 'pg';
import { MasterKeyRing, newMasterKey, rotateMasterKey, type MasterKeys } from '@brain/event-store';
import { masterKeyPlaceOf, openMasterKeys } from '@brain/service-kit';
import { masterKeyFile, masterKeyName } from '../start/master-keys.js';
import { loadSecrets } from '../start/secrets.js';
import type { LocalStack } from '../api/running-stack.js';
import { GivenDatabase, givenServer, urlAt } from '../start/given-database.js';
import { stackOf } from './data-option.js';

export function rotateMasterKeyCommand(): Command {
  return new Command('rotate-master-key')
    .description('Wraps the keys of people under a new master key and destroys the old one: copies of the key table from before are of no use any more.')
    .action(async (_: unknown, command: Command) => {
      const stack = stackOf(command);
      const given = masterKeyPlaceOf(process.env);
      if (given !== null && 'kms' in given) return rewrapUnder(await openMasterKeys(given), stack);
      if (given !== null) {
        throw new Error('The master keys come from the environment: put a new one before the old there, provision again, then take the old one away.');
      }
      const file = masterKeyFile(stack.folder);
      const fresh = newMasterKey(masterKeyName(new Date()));
      // Both, until everything is wrapped anew: services that run look into the file when they meet a name they do not know.
      replace(file, fresh + readFileSync(file, 'utf8'));
      const keys = await rewrap(stack, MasterKeyRing.fromFile(file));
      replace(file, fresh);
      console.log(`${String(keys)} keys are wrapped under ${fresh.split(' ')[0] ?? ''}; the master key before is gone from ${file}.`);
      console.log('Whoever has a copy of the old file and of the old key table can still read: destroy those copies too.');
    });
}

/** Rotating the key itself is the KMS's own command. */
async function rewrapUnder(masterKeys: MasterKeys, stack: LocalStack): Promise<void> {
  const keys = await rewrap(stack, masterKeys);
  console.log(`${String(keys)} keys are wrapped under ${masterKeys.newest}, the newest version at the KMS.`);
  console.log('Forbid the versions before it there (min_decryption_version): then copies of the key table from before are of no use.');
}

async function rewrap(stack: LocalStack, masterKeys: MasterKeys): Promise<number> {
  const client = new pg.Client({ connectionString: adminUrl(stack) });
  await client.connect();
  try {
    return await rotateMasterKey(client, masterKeys);
  } finally {
    await client.end();
  }
}

/** Of one's own server by the environment, as at the start. */
function adminUrl({ postgres, folder }: LocalStack): string {
  const given = givenServer(process.env);
  const { postgresPassword } = loadSecrets(folder);
  if (given === undefined) return urlAt(postgres, { user: 'postgres', password: postgresPassword, database: 'brain' });
  return new GivenDatabase(given).url('brain');
}

/** Whole or not at all: a torn file of keys would be a loss. */
function replace(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}
