import type { AccountName } from '@brain/contracts';
import { request } from './request.js';

export async function listAccountNames(): Promise<readonly AccountName[]> {
  return ((await request('/api/accounts/names')) as { readonly items: readonly AccountName[] }).items;
}
