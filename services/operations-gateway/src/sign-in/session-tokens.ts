import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { AccessTokens, issueAccessToken, type Actor } from '@brain/auth';
import { DomainError } from '@brain/contracts';
import { Clock } from '@brain/service-kit';
import { actorOfAccount, type Account } from '../accounts/account.js';
import { Accounts } from '../accounts/accounts.js';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../config-token.js';

export interface VerifiedSession {
  readonly actor: Actor;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Issues the tokens of this door and voids them early: a disabled account or a new password ends its sessions at once. */
@Injectable()
export class SessionTokens implements OnModuleInit {
  private validFrom = new Map<string, number>();

  constructor(
    private readonly tokens: AccessTokens,
    private readonly accounts: Accounts,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: GatewayConfig,
  ) {}

  async onModuleInit(): Promise<void> {
    this.validFrom = new Map(await this.accounts.validity());
  }

  get lifetimeSeconds(): number {
    return this.config.GATEWAY_SESSION_SECONDS;
  }

  issue(account: Account): Promise<string> {
    // Right after a new password the first valid second may still be ahead.
    const issuedAt = Math.max(this.clock.millis(), this.validFrom.get(account.accountId) ?? 0);
    return issueAccessToken(this.config.GATEWAY_SIGNING_KEY_FILE, actorOfAccount(account), this.lifetimeSeconds, issuedAt);
  }

  /** @throws DomainError TOKEN_MISSING, TOKEN_EXPIRED, TOKEN_INVALID, TOKEN_REVOKED */
  async verify(token: string | undefined): Promise<VerifiedSession> {
    const { actor, issuedAt, expiresAt } = await this.tokens.verifyWithTimes(token);
    if (issuedAt * 1000 < (this.validFrom.get(actor.id) ?? 0)) {
      throw new DomainError('TOKEN_REVOKED', 'This sign-in was ended');
    }
    return { actor, expiresAt: expiresAt * 1000 };
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
  }
}
