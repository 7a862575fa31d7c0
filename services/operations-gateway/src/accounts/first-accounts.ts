import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { areaCode, role } from '@brain/contracts';
import { ConfigurationError, newCorrelationId } from '@brain/service-kit';
import type { Accounts } from './accounts.js';

const firstAccounts = z.array(
  z.object({
    username: z.string().min(1),
    password: z.string().min(1),
    role,
    name: z.string().optional(),
    areaCodes: z.array(z.union([areaCode, z.literal('*')])).optional(),
    staffId: z.uuid().optional(),
  }),
);

/** Creates the accounts of the file that do not exist yet; existing ones keep what people have made of them. */
export async function createFirstAccounts(
  accounts: Accounts,
  file: string,
  defaultAreas: readonly string[],
  time: string,
): Promise<readonly string[]> {
  const created: string[] = [];
  for (const entry of await readFirstAccounts(file)) {
    if (await accounts.exists(entry.username)) continue;
    await accounts.create(
      {
        username: entry.username,
        name: entry.name ?? entry.username,
        roles: [entry.role],
        areaCodes: entry.areaCodes ?? defaultAreas,
        staffId: entry.staffId ?? null,
      },
      { password: entry.password, isOneTime: false },
      { actor: { type: 'system', id: 'first-accounts' }, time, correlationId: newCorrelationId(), address: null },
    );
    created.push(entry.username);
  }
  return created;
}

async function readFirstAccounts(file: string): Promise<z.infer<typeof firstAccounts>> {
  try {
    return firstAccounts.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    // The content holds passwords: say which file, never what is in it.
    throw new ConfigurationError([`GATEWAY_FIRST_ACCOUNTS_FILE: ${file} is not a readable list of accounts`]);
  }
}
