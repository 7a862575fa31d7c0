import type { Actor } from '@brain/auth';
import type { GrantedRights, Role } from '@brain/contracts';

/** A sign-in as security administrators see it; the password's hash never leaves the table's own file. */
export interface Account {
  readonly accountId: string;
  readonly username: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly areaCodes: readonly string[];
  readonly staffId: string | null;
  /** The identity provider whose word name, roles and areas are; null: an account of our own, with a password. */
  readonly issuer: string | null;
  readonly disabled: boolean;
  /** Somebody else gave the password: it must be replaced at the next sign-in. */
  readonly oneTime: boolean;
  readonly createdAt: string;
  /** Counts the changes; commands take it back as If-Match. */
  readonly revision: number;
}

/** What a security administrator may change later. */
export type AccountRights = Pick<Account, 'name' | 'roles' | 'areaCodes' | 'staffId'>;

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
