import type { Account, AccountRights, OneTimePassword } from '@brain/contracts';
import { request } from './request.js';

export async function listAccounts(): Promise<readonly Account[]> {
  return ((await request('/api/accounts')) as { readonly items: readonly Account[] }).items;
}

export async function getAccount(accountId: string): Promise<Account> {
  return (await request(`/api/accounts/${accountId}`)) as Account;
}

/** With a password that is good for one sign-in, told here and never again. */
export async function createAccount(account: AccountRights & Pick<Account, 'username'>): Promise<Account & OneTimePassword> {
  return (await request('/api/accounts', { method: 'POST', body: account })) as Account & OneTimePassword;
}

export async function changeAccount({ accountId, revision }: Account, { name, roles, areaCodes, staffId }: AccountRights): Promise<void> {
  await request(`/api/accounts/${accountId}`, { method: 'PUT', body: { name, roles, areaCodes, staffId }, revision });
}

export async function setAccountDisabled({ accountId, revision }: Account, disabled: boolean): Promise<void> {
  await request(`/api/accounts/${accountId}/${disabled ? 'disable' : 'enable'}`, { method: 'POST', revision });
}

export async function resetPassword({ accountId, revision }: Account): Promise<string> {
  return ((await request(`/api/accounts/${accountId}/password`, { method: 'POST', body: {}, revision })) as OneTimePassword).oneTimePassword;
}
