import { Command, Option } from 'commander';
import { signedInAs } from '../api/running-stack.js';
import { stackOf } from './data-option.js';

interface Erasure {
  readonly subject: string;
  readonly state: 'none' | 'requested' | 'decided' | 'erased';
  readonly expiresAt: string | null;
}

const MAY_ERASE = ['administrator', 'auditor', 'security-administrator'] as const;

/** Two people must agree: the first call asks, the second, as somebody else, erases. */
export function erasePersonCommand(): Command {
  return new Command('erase-person')
    .description('Erases a person for ever: destroys the key of their data. Two different people must ask for it.')
    .argument('<id>', 'the id of a member of staff or of the wearer of a device; case:<id> or alert:<id> for whoever was written about there')
    .addOption(new Option('--as <role>', 'who asks').choices([...MAY_ERASE]).default('administrator'))
    .addHelpText('after', '\nThe hashes and proofs of the record stay valid; every table, search, export and replay shows the person as erased.\nCopies of the key table from before: see rotate-master-key.')
    .action(async (id: string, { as }: { as: (typeof MAY_ERASE)[number] }, command: Command) => {
      const stack = stackOf(command);
      const client = signedInAs(as, stack.folder, stack.url);
      const { subject, state, expiresAt } = await client.post<Erasure>(`/api/people/${encodeURIComponent(id)}/erase`, {});
      if (state !== 'requested') {
        console.log(`${subject} is erased: two people agreed, the key ${state === 'erased' ? 'is destroyed' : 'is being destroyed'}.`);
        return;
      }
      const other = MAY_ERASE.find((role) => role !== as) ?? as;
      console.log(`Asked for as ${as}. Nothing is erased until another person agrees, by ${expiresAt ?? ''}:`);
      console.log(`  npm run brain -- erase-person ${id} --as ${other}`);
    });
}
