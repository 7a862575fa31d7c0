import type { Role } from '../values.js';

/** GET /api/accounts: a sign-in, as security administrators see it. */
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

/** GET /api/accounts/names: whose accounts did what auditors read, and nothing else of them. */
export type AccountName = Pick<Account, 'accountId' | 'name'>;

/** What a security administrator may change later. */
export type AccountRights = Pick<Account, 'name' | 'roles' | 'areaCodes' | 'staffId'>;

/** Beside an account that was made, and of a new password: shown here and never again. */
export interface OneTimePassword {
  readonly oneTimePassword: string;
}
