import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { AccessTokens, issueAccessToken, TokenRefused, type Actor, type TokenSession } from '@brain/auth';
import { requireSeparatedRoles, type Account } from '@brain/contracts';
import { Clock } from '@brain/service-kit';
import { actorOfAccount } from '../accounts/account.js';
import { Accounts } from '../accounts/accounts.js';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../config-token.js';
import { Sessions } from './sessions/sessions.js';

export interface VerifiedSession {
  readonly actor: Actor;
  readonly session: TokenSession | undefined;
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

export interface IssuedToken {
  readonly accessToken: string;
  readonly lifetimeSeconds: number;
}

/**
 * Issues the tokens of this gateway and voids them early: with a disabled account, a new password or a session that
 * ended they count no longer.
 */
@Injectable()
export class SessionTokens implements OnModuleInit {
  private validFrom = new Map<string, number>();
  /** By sign-in: what its newest token says. Connections outlive the token they came with. */
  private readonly newest = new Map<string, VerifiedSession>();

  constructor(
    private readonly tokens: AccessTokens,
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: GatewayConfig,
  ) {}

  async onModuleInit(): Promise<void> {
    this.validFrom = new Map(await this.accounts.validity());
  }

  /**
   * Renews the session too. The token lives as long as wanted, and no longer than the session can.
   * @throws DomainError ROLES_NOT_SEPARATED for an account older than this rule: somebody must decide which role stays; TOKEN_REVOKED, TOKEN_EXPIRED
   */
  async issue(account: Account, session: TokenSession, wantedSeconds: number): Promise<IssuedToken> {
    requireSeparatedRoles(account.roles);
    const lifetimeSeconds = await this.sessions.renew(session.id, account.accountId, wantedSeconds);
    // Right after a new password the first valid second may still be ahead.
    const issuedAt = Math.max(this.clock.millis(), this.validFrom.get(account.accountId) ?? 0);
    if (issuedAt === Infinity) throw ended(account.accountId);
    const actor = actorOfAccount(account);
    const accessToken = await issueAccessToken(this.config.GATEWAY_SIGNING_KEY_FILE, actor, lifetimeSeconds, issuedAt, session);
    this.newest.set(session.id, { actor, session, issuedAt, expiresAt: issuedAt + lifetimeSeconds * 1000 });
    return { accessToken, lifetimeSeconds };
  }

  /** @throws DomainError TOKEN_MISSING, TOKEN_EXPIRED, TOKEN_INVALID, TOKEN_REVOKED */
  async verify(token: string | undefined): Promise<VerifiedSession> {
    const { actor, session, issuedAt, expiresAt } = await this.tokens.verifyWithTimes(token);
    const verified = { actor, session, issuedAt: issuedAt * 1000, expiresAt: expiresAt * 1000 };
    this.requireOpen(verified);
    if (session !== undefined) this.sessions.saw(session.id);
    return verified;
  }

  /** The sign-in as its newest token has it. @throws DomainError TOKEN_EXPIRED, TOKEN_REVOKED */
  current(known: VerifiedSession): VerifiedSession {
    const newest = this.newest.get(known.session?.id ?? '') ?? known;
    if (newest.expiresAt <= this.clock.millis()) throw new TokenRefused('TOKEN_EXPIRED', 'The sign-in has expired', newest.actor.id);
    this.requireOpen(newest);
    return newest;
  }

  /** Sign-ins that nobody renewed. */
  forgetExpired(): void {
    const now = this.clock.millis();
    for (const [id, { expiresAt }] of this.newest) if (expiresAt <= now) this.newest.delete(id);
    this.sessions.forgetExpired();
  }

  /**
   * Tokens carry whole seconds, so the moment is the start of the next one: a token issued within this second
   * before the change is void too.
   */
  nextValidFrom(): number {
    return Math.ceil((this.clock.millis() + 1) / 1000) * 1000;
  }

  /** Told after the table says so. */
  voidBefore(accountId: string, validFrom: number): void {
    this.validFrom.set(accountId, validFrom);
    this.sessions.forget(accountId);
  }

  /** Called whenever sessions have ended before their time. */
  whenEnded(listener: () => void): void {
    this.sessions.whenEnded(listener);
  }

  private requireOpen({ actor, session, issuedAt }: VerifiedSession): void {
    const isEnded = session !== undefined && this.sessions.find(session.id) === undefined;
    if (isEnded || issuedAt < (this.validFrom.get(actor.id) ?? 0)) throw ended(actor.id);
  }
}

function ended(accountId: string): TokenRefused {
  return new TokenRefused('TOKEN_REVOKED', 'This sign-in was ended', accountId);
}
