import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@brain/contracts';
import { Clock, Database } from '@brain/service-kit';
import { normalisedUsername, type Account, type AccountRights, type NewAccount } from './account.js';
import { toAccount, type AccountRow } from './account-row.js';
import { hashPassword } from './password-hash.js';

/** The accounts table. */
@Injectable()
export class Accounts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError ACCOUNT_USERNAME_TAKEN */
  async create(account: NewAccount, password: string): Promise<Account> {
    const rows = await this.database.query<AccountRow>(
      `INSERT INTO accounts (account_id, username, name, password_hash, roles, area_codes, staff_id, valid_from, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'epoch', $8) ON CONFLICT (username) WHERE issuer IS NULL DO NOTHING RETURNING *`,
      [
        randomUUID(),
        normalisedUsername(account.username),
        account.name,
        await hashPassword(password),
        account.roles,
        account.areaCodes,
        account.staffId,
        this.clock.now(),
      ],
    );
    if (rows[0] !== undefined) return toAccount(rows[0]);
    throw new DomainError('ACCOUNT_USERNAME_TAKEN', `There is an account ${account.username} already`, [
      { path: 'username', message: 'is taken' },
    ]);
  }

  async list(): Promise<readonly Account[]> {
    return (await this.database.query<AccountRow>('SELECT * FROM accounts ORDER BY username')).map(toAccount);
  }

  /** @throws DomainError ACCOUNT_NOT_FOUND */
  async get(accountId: string): Promise<Account> {
    const [row] = await this.database.query<AccountRow>('SELECT * FROM accounts WHERE account_id = $1', [accountId]);
    if (row === undefined) throw new DomainError('ACCOUNT_NOT_FOUND', 'There is no such account');
    return toAccount(row);
  }

  async exists(username: string): Promise<boolean> {
    return (await this.withPassword(username)) !== undefined;
  }

  async withPassword(username: string): Promise<{ readonly account: Account; readonly passwordHash: string } | undefined> {
    const [row] = await this.database.query<AccountRow>('SELECT * FROM accounts WHERE username = $1 AND issuer IS NULL', [
      normalisedUsername(username),
    ]);
    return row?.password_hash == null ? undefined : { account: toAccount(row), passwordHash: row.password_hash };
  }

  /** Ends every session of the account. */
  async change(accountId: string, account: AccountRights, validFrom: string): Promise<void> {
    await this.database.query(
      'UPDATE accounts SET name = $2, roles = $3, area_codes = $4, staff_id = $5, valid_from = $6 WHERE account_id = $1',
      [accountId, account.name, account.roles, account.areaCodes, account.staffId, validFrom],
    );
  }

  /** Ends every session of the account. */
  async setPassword(accountId: string, password: string, validFrom: string): Promise<void> {
    await this.database.query('UPDATE accounts SET password_hash = $2, valid_from = $3 WHERE account_id = $1', [
      accountId,
      await hashPassword(password),
      validFrom,
    ]);
  }

  /** Ends every session of the account. */
  async setDisabled(accountId: string, disabled: boolean, validFrom: string): Promise<void> {
    await this.database.query('UPDATE accounts SET disabled = $2, valid_from = $3 WHERE account_id = $1', [
      accountId,
      disabled,
      validFrom,
    ]);
  }

  /** From when on tokens of each account count, in milliseconds since the epoch; infinite while disabled. */
  async validity(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database.query<{ account_id: string; valid_from: Date; disabled: boolean }>(
      'SELECT account_id, valid_from, disabled FROM accounts',
    );
    return new Map(rows.map((row) => [row.account_id, row.disabled ? Infinity : row.valid_from.getTime()]));
  }
}
