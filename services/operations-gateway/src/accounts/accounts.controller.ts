import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { areaFilter, coversArea, CurrentActor, outOfSight, Roles, type Actor } from '@brain/auth';
import { areaCode, DomainError, READERS, requireSeparatedRoles, role, type Account, type AccountName, type OneTimePassword } from '@brain/contracts';
import { CurrentRequest, ReadsPersonalData, type RequestContext, withRevision } from '@brain/service-kit';
import { SessionTokens } from '../sign-in/session-tokens.js';
import { actorOfAccount } from './account.js';
import { changedBy } from './account-events.js';
import { accountNotFound, Accounts, type GivenPassword } from './accounts.js';
import { oneTimePassword } from './passwords/one-time-password.js';
import { reaches, requireReach } from './account-reach.js';
import { PasswordPolicy } from './passwords/password-policy.js';
import { StaffRegister } from './staff-register.query.js';

const password = z.string().max(1000);
const accountBody = z.strictObject({
  name: z.string().trim().min(1).max(100),
  roles: z.array(role).min(1),
  areaCodes: z.array(areaCode).max(500),
  staffId: z.uuid().nullable().default(null),
});
type AccountBody = z.infer<typeof accountBody>;
/** Everywhere (`*`) is nothing that can be given here; an account that has it may keep it. */
const changedBody = accountBody.extend({ areaCodes: z.array(z.union([areaCode, z.literal('*')])).max(500) });
const newAccountBody = accountBody.extend({
  username: z.string().regex(/^[\p{L}\p{N}._@-]{2,100}$/u, 'has 2 to 100 letters, digits or . _ @ -'),
  password: password.optional(),
});
type NewAccountBody = z.infer<typeof newAccountBody>;
const passwordBody = z.strictObject({ password: password.optional() });
type PasswordBody = z.infer<typeof passwordBody>;

/** Nothing when the password was given. */
type OneTime = Partial<OneTimePassword>;

/** Who may sign in, as what and where: the security administrator's work, and nobody's for themselves. */
@Roles(...READERS.account)
@Controller('api/accounts')
export class AccountsController {
  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: SessionTokens,
    private readonly staff: StaffRegister,
    private readonly policy: PasswordPolicy,
  ) {}

  @Get()
  @ReadsPersonalData('account')
  async list(@CurrentActor() actor: Actor): Promise<{ readonly items: readonly Account[]; readonly nextCursor: null }> {
    const accounts = await this.accounts.list();
    return { items: accounts.filter(({ areaCodes }) => reaches(actor, areaCodes)), nextCursor: null };
  }

  /** For auditors, whose record has ids: who could act where they look. */
  @Get('names')
  @Roles(...READERS.accountName)
  @ReadsPersonalData('account')
  async names(@CurrentActor() actor: Actor): Promise<{ readonly items: readonly AccountName[]; readonly nextCursor: null }> {
    const accounts = (await this.accounts.list()).filter((account) => actsWhere(account, actor));
    return { items: accounts.map(({ accountId, name }) => ({ accountId, name })), nextCursor: null };
  }

  @Get(':accountId')
  @ReadsPersonalData('account')
  async one(@Param('accountId', ParseUUIDPipe) accountId: string, @CurrentActor() actor: Actor, @Res({ passthrough: true }) response: Response): Promise<Account> {
    return withRevision(response, await this.withinReach(accountId, actor));
  }

  /** Without a password it gets one that is good for one sign-in, shown here and never again. */
  @Post()
  async create(
    @Body({ schema: newAccountBody }) { password: secret, ...account }: NewAccountBody,
    @CurrentRequest() request: RequestContext,
  ): Promise<Account & OneTime> {
    await this.mayGive(account, request.actor);
    if (secret !== undefined) await this.policy.require(secret, account, 'password');
    const given = givenOrOneTime(secret);
    return { ...(await this.accounts.create(account, given, changedBy(request))), ...shownOnce(given) };
  }

  /** What an account may do and whom it speaks for. Its sessions end, so that no old right lives on in a token. */
  @Put(':accountId')
  async change(
    @Param('accountId', ParseUUIDPipe) accountId: string,
    @Body({ schema: changedBody }) account: AccountBody,
    @CurrentRequest() request: RequestContext,
  ): Promise<Account> {
    const { actor } = request;
    const current = await this.withinReach(accountId, actor);
    if (accountId === actor.id && !hasSameRights(current, account)) throw new DomainError('ACCOUNT_IS_YOURS', 'You cannot change your own rights');
    requireOurs(current, account);
    requireKnownAreas(current, account);
    await this.mayGive(account, actor, current.staffId);
    const validFrom = this.sessions.nextValidFrom();
    const changed = await this.accounts.change(accountId, account, new Date(validFrom).toISOString(), changedBy(request));
    this.sessions.voidBefore(accountId, validFrom);
    return changed;
  }

  /** As at the creation: without a password in the body one for a single sign-in is made and shown once. */
  @Post(':accountId/password')
  @HttpCode(200)
  async setPassword(
    @Param('accountId', ParseUUIDPipe) accountId: string,
    @Body({ schema: passwordBody }) body: PasswordBody,
    @CurrentRequest() request: RequestContext,
  ): Promise<OneTime> {
    if (accountId === request.actor.id) throw new DomainError('ACCOUNT_IS_YOURS', 'You choose your own password when you sign in');
    const account = await this.withinReach(accountId, request.actor);
    requireOurs(account);
    if (body.password !== undefined) await this.policy.require(body.password, account, 'password');
    const given = givenOrOneTime(body.password);
    const validFrom = this.sessions.nextValidFrom();
    await this.accounts.setPassword(accountId, given, new Date(validFrom).toISOString(), changedBy(request));
    this.sessions.voidBefore(accountId, validFrom);
    return shownOnce(given);
  }

  @Post(':accountId/disable')
  @HttpCode(200)
  async disable(@Param('accountId', ParseUUIDPipe) accountId: string, @CurrentRequest() request: RequestContext): Promise<Account> {
    // Whoever locks themselves out may leave an installation without a security administrator.
    if (accountId === request.actor.id) throw new DomainError('ACCOUNT_IS_YOURS', 'You cannot disable your own account');
    await this.withinReach(accountId, request.actor);
    const account = await this.accounts.setDisabled(accountId, true, new Date(this.sessions.nextValidFrom()).toISOString(), changedBy(request));
    this.sessions.voidBefore(accountId, Infinity);
    return account;
  }

  @Post(':accountId/enable')
  @HttpCode(200)
  async enable(@Param('accountId', ParseUUIDPipe) accountId: string, @CurrentRequest() request: RequestContext): Promise<Account> {
    await this.withinReach(accountId, request.actor);
    const validFrom = this.sessions.nextValidFrom();
    const account = await this.accounts.setDisabled(accountId, false, new Date(validFrom).toISOString(), changedBy(request));
    this.sessions.voidBefore(accountId, validFrom);
    return account;
  }

  /**
   * Roles that go together, rights within one's own areas, and the voice of people who work within them: an account
   * reaches the cases of the person it speaks for, wherever they are.
   */
  private async mayGive({ roles, areaCodes, staffId }: AccountBody, actor: Actor, heldStaffId: string | null = null): Promise<void> {
    requireSeparatedRoles(roles);
    requireReach(actor, areaCodes);
    if (staffId === null) return;
    const person = await this.staff.find(staffId);
    // Whom the account speaks for already was known when it was given.
    if (staffId !== heldStaffId && (person === undefined || person.erased)) throw notOnTheRegister(person === undefined ? 'STAFF_UNKNOWN' : 'STAFF_ERASED');
    if (person === undefined || person.areaCodes.every((code) => coversArea(actor, code))) return;
    // Who works nowhere in one's areas is nobody one knows of.
    if (!person.areaCodes.some((code) => coversArea(actor, code))) throw outOfSight(notOnTheRegister('STAFF_UNKNOWN'), person.areaCodes[0]);
    throw new DomainError('AREA_OUT_OF_SCOPE', 'This person works outside your areas, too', [
      { path: 'staffId', message: 'works outside your areas, too' },
    ]);
  }

  /** A security administrator changes accounts whose whole scope lies within their own; others are none to them. */
  private async withinReach(accountId: string, actor: Actor): Promise<Account> {
    const account = await this.accounts.get(accountId);
    if (!reaches(actor, account.areaCodes)) throw outOfSight(accountNotFound(), account.areaCodes[0]);
    return account;
  }
}

function notOnTheRegister(code: 'STAFF_UNKNOWN' | 'STAFF_ERASED'): DomainError {
  const message = code === 'STAFF_ERASED' ? 'was erased' : 'is not on the register of staff';
  return new DomainError(code, `This member of staff ${message}`, [{ path: 'staffId', message }]);
}

function actsWhere(account: Account, auditor: Actor): boolean {
  if (areaFilter(auditor) === 'all' || account.areaCodes.some((code) => coversArea(auditor, code))) return true;
  return auditor.areaCodes.some((code) => coversArea(actorOfAccount(account), code));
}

function givenOrOneTime(secret: string | undefined): GivenPassword {
  return secret === undefined ? { password: oneTimePassword(), isOneTime: true } : { password: secret, isOneTime: false };
}

function shownOnce({ password: secret, isOneTime }: GivenPassword): OneTime {
  return isOneTime ? { oneTimePassword: secret } : {};
}

/** What the identity provider says of a person is changed there; whom the account speaks for may be said here. */
function requireOurs(account: Account, wanted?: AccountBody): void {
  const keeps = wanted?.name === account.name && sameItems(wanted.roles, account.roles) && sameItems(wanted.areaCodes, account.areaCodes);
  if (account.issuer === null || keeps) return;
  throw new DomainError('ACCOUNT_FEDERATED', 'Name, password, roles and areas of this account are kept at the organisation’s identity provider');
}

function requireKnownAreas({ areaCodes: held }: Account, { areaCodes }: AccountBody): void {
  if (!areaCodes.includes('*') || held.includes('*')) return;
  throw new DomainError('VALIDATION_FAILED', 'All areas at once cannot be given', [{ path: 'areaCodes', message: 'cannot be all areas' }]);
}

function hasSameRights(account: Account, { roles, areaCodes, staffId }: AccountBody): boolean {
  return sameItems(roles, account.roles) && sameItems(areaCodes, account.areaCodes) && staffId === account.staffId;
}

function sameItems(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item) => other.includes(item));
}
