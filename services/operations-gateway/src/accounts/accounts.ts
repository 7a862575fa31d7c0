import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { DomainError, requireSeparatedRoles, type Account, type AccountRights } from '@brain/contracts';
import { Clock, Database } from '@brain/service-kit';
import { AccountEvents, type AccountEvent, type ChangedBy } from './account-events.js';
import { normalisedUsername, rightsOf, type NewAccount } from './account.js';
import { requireOneSeparatedAccount } from './one-separated-account.js';
import { toAccount, type AccountRow } from './account-row.js';
import { hashPassword } from './passwords/password-hash.js';

/** How long a password that somebody else gave is good for. */
const ONE_TIME_MS = 72 * 60 * 60_000;

/** A password, and whether it is good for nothing but choosing another. */
export interface GivenPassword {
  readonly password: string;
  readonly isOneTime: boolean;
}

/** What a sign-in is checked against. */
export interface Secret {
  readonly account: Account;
  readonly passwordHash: string;
  /** Milliseconds since the epoch; null: the person's own password. */
  readonly oneTimeUntil: number | null;
}

/** The accounts table. Every change is on the record before it is answered. */
@Injectable()
export class Accounts {
  constructor(
    private readonly database: Database,
    private readonly events: AccountEvents,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError ACCOUNT_USERNAME_TAKEN, ROLES_NOT_SEPARATED */
  async create(account: NewAccount, given: GivenPassword, by: ChangedBy): Promise<Account> {
    requireSeparatedRoles(account.roles);
    const { username, name, roles, areaCodes, staffId } = account;
    const hash = await hashPassword(given.password);
    return this.recorded(by, async (client) => {
      const { rows } = await client.query<AccountRow>(
        `INSERT INTO accounts (account_id, username, name, password_hash, roles, area_codes, staff_id, one_time_until, valid_from, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'epoch', $9) ON CONFLICT (username) WHERE issuer IS NULL DO NOTHING RETURNING *`,
        [randomUUID(), normalisedUsername(username), name, hash, roles, areaCodes, staffId, this.endOf(given), this.clock.now()],
      );
      if (rows[0] === undefined) {
        throw new DomainError('ACCOUNT_USERNAME_TAKEN', `There is an account ${username} already`, [{ path: 'username', message: 'is taken' }]);
      }
      const made = toAccount(rows[0]);
      await requireOneSeparatedAccount(client, made);
      return { result: made, event: { type: 'AccountCreated', data: { accountId: made.accountId, ...rightsOf(made), address: by.address } } };
    });
  }

  async list(): Promise<readonly Account[]> {
    return (await this.database.query<AccountRow>('SELECT * FROM accounts ORDER BY username')).map(toAccount);
  }

  /** @throws DomainError ACCOUNT_NOT_FOUND */
  async get(accountId: string): Promise<Account> {
    const [row] = await this.database.query<AccountRow>('SELECT * FROM accounts WHERE account_id = $1', [accountId]);
    if (row === undefined) throw accountNotFound();
    return toAccount(row);
  }

  async exists(username: string): Promise<boolean> {
    return (await this.withPassword(username)) !== undefined;
  }

  async withPassword(username: string): Promise<Secret | undefined> {
    const [row] = await this.database.query<AccountRow>('SELECT * FROM accounts WHERE username = $1 AND issuer IS NULL', [
      normalisedUsername(username),
    ]);
    if (row?.password_hash == null) return undefined;
    return { account: toAccount(row), passwordHash: row.password_hash, oneTimeUntil: row.one_time_until?.getTime() ?? null };
  }

  /** Ends every session of the account. */
  async change(accountId: string, wanted: AccountRights, validFrom: string, by: ChangedBy): Promise<Account> {
    requireSeparatedRoles(wanted.roles);
    return this.recorded(by, async (client) => {
      const before = await locked(client, accountId, by);
      const { rows } = await client.query<AccountRow>(
        'UPDATE accounts SET name = $2, roles = $3, area_codes = $4, staff_id = $5, valid_from = $6, revision = revision + 1 WHERE account_id = $1 RETURNING *',
        [accountId, wanted.name, wanted.roles, wanted.areaCodes, wanted.staffId, validFrom],
      );
      const changed = toAccount(existing(rows[0]));
      await endSessions(client, accountId);
      await requireOneSeparatedAccount(client, changed);
      const data = { accountId, ...rightsOf(changed), before: rightsOf(before), address: by.address };
      return { result: changed, event: sameRights(before, changed) ? undefined : { type: 'AccountRightsChanged', data } };
    });
  }

  /** Ends every session of the account. */
  async setPassword(accountId: string, given: GivenPassword, validFrom: string, by: ChangedBy): Promise<void> {
    const hash = await hashPassword(given.password);
    await this.recorded(by, async (client) => {
      await locked(client, accountId, by);
      await client.query('UPDATE accounts SET password_hash = $2, one_time_until = $3, valid_from = $4, revision = revision + 1 WHERE account_id = $1', [
        accountId,
        hash,
        this.endOf(given),
        validFrom,
      ]);
      await endSessions(client, accountId);
      return { result: undefined, event: { type: 'AccountPasswordSet', data: { accountId, isOneTime: given.isOneTime, address: by.address } } };
    });
  }

  /** Of a password that was right: its hash is made anew, of its normalised form. Nothing that anybody could notice. */
  async rehash({ account, passwordHash }: Secret, password: string): Promise<void> {
    const hash = await hashPassword(password);
    await this.database.query('UPDATE accounts SET password_hash = $3 WHERE account_id = $1 AND password_hash = $2', [
      account.accountId,
      passwordHash,
      hash,
    ]);
  }

  /** Ends every session of the account. */
  async setDisabled(accountId: string, disabled: boolean, validFrom: string, by: ChangedBy): Promise<Account> {
    return this.recorded(by, async (client) => {
      const before = await locked(client, accountId, by);
      const { rows } = await client.query<AccountRow>('UPDATE accounts SET disabled = $2, valid_from = $3, revision = revision + 1 WHERE account_id = $1 RETURNING *', [
        accountId,
        disabled,
        validFrom,
      ]);
      const now = toAccount(existing(rows[0]));
      await endSessions(client, accountId);
      await requireOneSeparatedAccount(client, now);
      const data = { accountId, address: by.address };
      const event: AccountEvent = disabled ? { type: 'AccountDisabled', data } : { type: 'AccountEnabled', data };
      return { result: now, event: before.disabled === disabled ? undefined : event };
    });
  }

  /** From when on tokens of each account count, in milliseconds since the epoch; infinite while disabled. */
  async validity(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database.query<{ account_id: string; valid_from: Date; disabled: boolean }>(
      'SELECT account_id, valid_from, disabled FROM accounts',
    );
    return new Map(rows.map((row) => [row.account_id, row.disabled ? Infinity : row.valid_from.getTime()]));
  }

  private async recorded<T>(by: ChangedBy, work: (client: PoolClient) => Promise<{ readonly result: T; readonly event: AccountEvent | undefined }>): Promise<T> {
    const done = await this.database.transaction(async (client) => {
      const { result, event } = await work(client);
      if (event !== undefined) await this.events.write(client, event, by);
      return result;
    });
    await this.events.deliver();
    return done;
  }

  private endOf({ isOneTime }: GivenPassword): string | null {
    return isOneTime ? new Date(this.clock.millis() + ONE_TIME_MS).toISOString() : null;
  }
}

/** Whatever changes an account ends its sessions in the same transaction: none outlives a crash in between. */
async function endSessions(client: PoolClient, accountId: string): Promise<void> {
  await client.query('DELETE FROM sessions WHERE account_id = $1', [accountId]);
}

/** @throws DomainError ACCOUNT_NOT_FOUND, REVISION_STALE */
async function locked(client: PoolClient, accountId: string, { expectedRevision }: ChangedBy): Promise<Account> {
  const { rows } = await client.query<AccountRow>('SELECT * FROM accounts WHERE account_id = $1 FOR UPDATE', [accountId]);
  const account = toAccount(existing(rows[0]));
  if (expectedRevision === undefined || expectedRevision === account.revision) return account;
  throw new DomainError('REVISION_STALE', `The current revision is ${String(account.revision)}`, [
    { path: 'If-Match', message: `is ${String(expectedRevision)}, current is ${String(account.revision)}` },
  ]);
}

function existing(row: AccountRow | undefined): AccountRow {
  if (row === undefined) throw accountNotFound();
  return row;
}

/** Also the answer to whoever may not see it: word by word the same. */
export function accountNotFound(): DomainError {
  return new DomainError('ACCOUNT_NOT_FOUND', 'There is no such account');
}

function sameRights(one: Account, other: Account): boolean {
  return JSON.stringify(rightsOf(one)) === JSON.stringify(rightsOf(other));
}
