import type { Role } from '@brain/contracts';
import { request } from './request.js';

/** A sign-in, as the security administrator sees it. */
export interface Account {
  readonly accountId: string;
  readonly username: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly areaCodes: readonly string[];
  readonly staffId: string | null;
  /** The identity provider that knows the person; null: an account of ours. */
  readonly issuer: string | null;
  readonly disabled: boolean;
  /** The password is good for one sign-in. */
  readonly oneTime: boolean;
  readonly createdAt: string;
  readonly revision: number;
}

export type AccountRights = Pick<Account, 'name' | 'roles' | 'areaCodes' | 'staffId'>;

interface OneTime {
  readonly oneTimePassword: string;
}

export async function listAccounts(): Promise<readonly Account[]> {
  return ((await request('/api/accounts')) as { readonly items: readonly Account[] }).items;
}

export async function getAccount(accountId: string): Promise<Account> {
  return (await request(`/api/accounts/${accountId}`)) as Account;
}

/** With a password that is good for one sign-in, told here and never again. */
export async function createAccount(account: AccountRights & Pick<Account, 'username'>): Promise<Account & OneTime> {
  return (await request('/api/accounts', { method: 'POST', body: account })) as Account & OneTime;
}

export async function changeAccount({ accountId, revision }: Account, { name, roles, areaCodes, staffId }: AccountRights): Promise<void> {
  await request(`/api/accounts/${accountId}`, { method: 'PUT', body: { name, roles, areaCodes, staffId }, revision });
}

export async function setAccountDisabled({ accountId, revision }: Account, disabled: boolean): Promise<void> {
  await request(`/api/accounts/${accountId}/${disabled ? 'disable' : 'enable'}`, { method: 'POST', revision });
}

export async function resetPassword({ accountId, revision }: Account): Promise<string> {
  return ((await request(`/api/accounts/${accountId}/password`, { method: 'POST', body: {}, revision })) as OneTime).oneTimePassword;
}
