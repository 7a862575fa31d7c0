import type { Actor } from '@brain/auth';
import type { Account, GrantedRights } from '@brain/contracts';

/** As a security administrator gives it; the password's hash never leaves the table's own file. */
export type NewAccount = Omit<Account, 'accountId' | 'issuer' | 'disabled' | 'oneTime' | 'createdAt' | 'revision'>;

/** As the record has them. */
export function rightsOf({ roles, areaCodes, staffId }: Pick<Account, 'roles' | 'areaCodes' | 'staffId'>): GrantedRights {
  return { roles: [...roles], areaCodes: [...areaCodes], staffId };
}

export function actorOfAccount({ accountId, username, name, roles, areaCodes, staffId }: Account): Actor {
  return { id: accountId, username, name, roles, areaCodes, staffId };
}

/** Names are compared without regard to case, and to the several ways Unicode writes one letter. */
export function normalisedUsername(username: string): string {
  return username.normalize('NFKC').trim().toLowerCase();
}
