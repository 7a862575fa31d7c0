import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import { coversArea, CurrentActor, requireArea, Roles, type Actor } from '@brain/auth';
import { areaCode, DomainError, requireSeparatedRoles, role } from '@brain/contracts';
import { SessionTokens } from '../sign-in/session-tokens.js';
import type { Account } from './account.js';
import { Accounts } from './accounts.js';
import { LiveTables } from '../live/live-tables.js';

const password = z.string().min(12, 'has at least 12 characters').max(1000);
const accountBody = z.strictObject({
  name: z.string().trim().min(1).max(100),
  roles: z.array(role).min(1),
  areaCodes: z.array(areaCode).max(500),
  staffId: z.uuid().nullable().default(null),
});
type AccountBody = z.infer<typeof accountBody>;
const newAccountBody = accountBody.extend({
  username: z.string().regex(/^[\p{L}\p{N}._@-]{2,100}$/u, 'has 2 to 100 letters, digits or . _ @ -'),
  password,
});
type NewAccountBody = z.infer<typeof newAccountBody>;
const passwordBody = z.strictObject({ password });
type PasswordBody = z.infer<typeof passwordBody>;

/** Who may sign in, as what and where: the security administrator's work, and nobody's for themselves. */
@Roles('security-administrator')
@Controller('api/accounts')
export class AccountsController {
  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: SessionTokens,
    private readonly tables: LiveTables,
  ) {}

  @Get()
  async list(@CurrentActor() actor: Actor): Promise<{ readonly items: readonly Account[]; readonly nextCursor: null }> {
    const accounts = await this.accounts.list();
    return { items: accounts.filter(({ areaCodes }) => areaCodes.every((code) => coversArea(actor, code))), nextCursor: null };
  }

  @Post()
  async create(
    @Body({ schema: newAccountBody }) { password: secret, ...account }: NewAccountBody,
    @CurrentActor() actor: Actor,
  ): Promise<Account> {
    await this.mayGive(account, actor);
    return this.accounts.create(account, secret);
  }

  /** What an account may do and whom it speaks for. Its sessions end, so that no old right lives on in a token. */
  @Put(':accountId')
  async change(
    @Param('accountId', ParseUUIDPipe) accountId: string,
    @Body({ schema: accountBody }) account: AccountBody,
    @CurrentActor() actor: Actor,
  ): Promise<Account> {
    const current = await this.withinReach(accountId, actor);
    if (accountId === actor.id && !hasSameRights(current, account)) throw new DomainError('ACCOUNT_IS_YOURS', 'You cannot change your own rights');
    requireOurs(current, account);
    await this.mayGive(account, actor);
    const validFrom = this.sessions.nextValidFrom();
    await this.accounts.change(accountId, account, new Date(validFrom).toISOString());
    this.sessions.voidBefore(accountId, validFrom);
    return this.accounts.get(accountId);
  }

  @Post(':accountId/password')
  @HttpCode(204)
  async setPassword(
    @Param('accountId', ParseUUIDPipe) accountId: string,
    @Body({ schema: passwordBody }) body: PasswordBody,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    requireOurs(await this.withinReach(accountId, actor));
    const validFrom = this.sessions.nextValidFrom();
    await this.accounts.setPassword(accountId, body.password, new Date(validFrom).toISOString());
    this.sessions.voidBefore(accountId, validFrom);
  }

  @Post(':accountId/disable')
  @HttpCode(200)
  async disable(@Param('accountId', ParseUUIDPipe) accountId: string, @CurrentActor() actor: Actor): Promise<Account> {
    // Whoever locks themselves out may leave an installation without a security administrator.
    if (accountId === actor.id) throw new DomainError('ACCOUNT_IS_YOURS', 'You cannot disable your own account');
    await this.withinReach(accountId, actor);
    await this.accounts.setDisabled(accountId, true, new Date(this.sessions.nextValidFrom()).toISOString());
    this.sessions.voidBefore(accountId, Infinity);
    return this.accounts.get(accountId);
  }

  @Post(':accountId/enable')
  @HttpCode(200)
  async enable(@Param('accountId', ParseUUIDPipe) accountId: string, @CurrentActor() actor: Actor): Promise<Account> {
    await this.withinReach(accountId, actor);
    const validFrom = this.sessions.nextValidFrom();
    await this.accounts.setDisabled(accountId, false, new Date(validFrom).toISOString());
    this.sessions.voidBefore(accountId, validFrom);
    return this.accounts.get(accountId);
  }

  /** Roles that go together, rights within one's own areas, and the voice of people who work there: a worker's account reaches the worker's cases. */
  private async mayGive({ roles, areaCodes, staffId }: AccountBody, actor: Actor): Promise<void> {
    requireSeparatedRoles(roles);
    for (const code of areaCodes) requireArea(actor, code);
    const [person] = staffId === null ? [] : await this.tables.workloadsById([staffId]);
    if (person === undefined || person.areaCodes.some((code) => coversArea(actor, code))) return;
    throw new DomainError('AREA_OUT_OF_SCOPE', 'This person works outside your areas', [
      { path: 'staffId', message: 'works outside your areas' },
    ]);
  }

  /** A security administrator changes accounts whose whole scope lies within their own. */
  private async withinReach(accountId: string, actor: Actor): Promise<Account> {
    const account = await this.accounts.get(accountId);
    for (const code of account.areaCodes) requireArea(actor, code);
    return account;
  }
}

/** What the identity provider says of a person is changed there; whom the account speaks for may be said here. */
function requireOurs(account: Account, wanted?: AccountBody): void {
  const keeps = wanted?.name === account.name && sameItems(wanted.roles, account.roles) && sameItems(wanted.areaCodes, account.areaCodes);
  if (account.issuer === null || keeps) return;
  throw new DomainError('ACCOUNT_FEDERATED', 'Name, password, roles and areas of this account are kept at the organisation’s identity provider');
}

function hasSameRights(account: Account, { roles, areaCodes, staffId }: AccountBody): boolean {
  return sameItems(roles, account.roles) && sameItems(areaCodes, account.areaCodes) && staffId === account.staffId;
}

function sameItems(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item) => other.includes(item));
}
