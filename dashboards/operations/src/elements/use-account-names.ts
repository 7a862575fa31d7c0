import { useQuery } from '@tanstack/react-query';
import { READERS } from '@brain/contracts';
import { listAccountNames } from '../api/account-names.js';
import { hasRole } from '../session/user.js';
import { useUser } from '../session/use-user.js';

const NONE: ReadonlyMap<string, string> = new Map();

/** Names of accounts by id, for those who may know them: auditors read what anybody did. */
export function useAccountNames(): ReadonlyMap<string, string> {
  const user = useUser();
  const { data = NONE } = useQuery({ queryKey: ['account-names'], queryFn: namesById, enabled: hasRole(user, ...READERS.accountName), staleTime: 5 * 60_000 });
  return data;
}

async function namesById(): Promise<ReadonlyMap<string, string>> {
  return new Map((await listAccountNames()).map(({ accountId, name }) => [accountId, name]));
}
