import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account } from '@brain/contracts';
import { Clock, Database, newCorrelationId } from '@brain/service-kit';
import type { Person } from '../sign-in/domain/person-of-claims.js';
import { AccountEvents, type AccountEvent, type ChangedBy } from './account-events.js';
import { rightsOf } from './account.js';
import { requireOneSeparatedAccount } from './one-separated-account.js';
import { toAccount, type AccountRow } from './account-row.js';

/** Accounts of people the organisation's identity provider knows. They are told apart by its subject, never by name. */
@Injectable()
export class FederatedAccounts {
  constructor(
    private readonly database: Database,
    private readonly events: AccountEvents,
    private readonly clock: Clock,
  ) {}

  /** The account as the provider describes the person now. A staff member set here stays until the provider names one. Refuses with ROLES_NOT_SEPARATED. */
  async remember(issuer: string, subject: string, { username, name, roles, areaCodes, staffId }: Person): Promise<Account> {
    const account = await this.database.transaction(async (client) => {
      const known = await client.query<AccountRow>('SELECT * FROM accounts WHERE issuer = $1 AND subject = $2 FOR UPDATE', [issuer, subject]);
      const { rows } = await client.query<AccountRow>(
        `INSERT INTO accounts (account_id, issuer, subject, username, name, roles, area_codes, staff_id, valid_from, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'epoch', $9)
         ON CONFLICT (issuer, subject) WHERE issuer IS NOT NULL DO UPDATE
         SET username = $4, name = $5, roles = $6, area_codes = $7, staff_id = coalesce($8, accounts.staff_id),
             revision = accounts.revision + (CASE WHEN (accounts.name, accounts.roles, accounts.area_codes, accounts.staff_id)
               IS DISTINCT FROM ($5, $6::text[], $7::text[], coalesce($8, accounts.staff_id)) THEN 1 ELSE 0 END)
         RETURNING *`,
        [randomUUID(), issuer, subject, username, name, roles, areaCodes, staffId, this.clock.now()],
      );
      if (rows[0] === undefined) throw new Error('The account was not written');
      const now = toAccount(rows[0]);
      await requireOneSeparatedAccount(client, now);
      const event = whatIsNew(known.rows[0] && toAccount(known.rows[0]), now);
      if (event !== undefined) await this.events.write(client, event, this.provider());
      return now;
    });
    await this.events.deliver();
    return account;
  }

  /** The account of a subject; undefined: never signed in here. */
  async find(issuer: string, subject: string): Promise<Account | undefined> {
    const [row] = await this.database.query<AccountRow>('SELECT * FROM accounts WHERE issuer = $1 AND subject = $2', [issuer, subject]);
    return row && toAccount(row);
  }

  private provider(): ChangedBy {
    return { actor: { type: 'system', id: 'identity-provider' }, time: this.clock.now(), correlationId: newCorrelationId(), address: null };
  }
}

function whatIsNew(before: Account | undefined, now: Account): AccountEvent | undefined {
  const data = { accountId: now.accountId, ...rightsOf(now), address: null };
  if (before === undefined) return { type: 'AccountCreated', data };
  if (JSON.stringify(rightsOf(before)) === JSON.stringify(rightsOf(now))) return undefined;
  return { type: 'AccountRightsChanged', data: { ...data, before: rightsOf(before) } };
}
