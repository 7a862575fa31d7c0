import type { Account } from '@brain/contracts';

export interface AccountRow {
  readonly account_id: string;
  readonly username: string;
  readonly name: string;
  /** Null: the identity provider knows the password, not we. */
  readonly password_hash: string | null;
  readonly roles: Account['roles'];
  readonly area_codes: readonly string[];
  readonly staff_id: string | null;
  readonly issuer: string | null;
  readonly disabled: boolean;
  readonly one_time_until: Date | null;
  readonly created_at: Date;
  readonly revision: number;
}

export function toAccount(row: AccountRow): Account {
  const { account_id, username, name, roles, area_codes, staff_id, issuer, disabled, one_time_until, created_at, revision } = row;
  return {
    accountId: account_id,
    username,
    name,
    roles,
    areaCodes: area_codes,
    staffId: staff_id,
    issuer,
    disabled,
    oneTime: one_time_until !== null,
    createdAt: created_at.toISOString(),
    revision,
  };
}
