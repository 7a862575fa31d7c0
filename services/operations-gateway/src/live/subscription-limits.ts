import { Inject, Injectable } from '@nestjs/common';
import { Clock, RateLimiter } from '@brain/service-kit';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../config-token.js';

/** How many connections one account may have, and how often it may subscribe over all of them; each has a limiter of its own beside. */
@Injectable()
export class SubscriptionLimits {
  private readonly accounts = new Map<string, RateLimiter>();
  private readonly connections = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: GatewayConfig,
  ) {}

  forConnection(): RateLimiter {
    return new RateLimiter(this.config.GATEWAY_SUBSCRIBE_LIMIT, this.clock.millis());
  }

  hasRoomFor(accountId: string): boolean {
    return (this.connections.get(accountId) ?? 0) < this.config.GATEWAY_SOCKETS_OF_ACCOUNT;
  }

  joined(accountId: string): void {
    this.connections.set(accountId, (this.connections.get(accountId) ?? 0) + 1);
  }

  left(accountId: string): void {
    const others = (this.connections.get(accountId) ?? 1) - 1;
    if (others > 0) this.connections.set(accountId, others);
    else this.connections.delete(accountId);
  }

  /** What the connection's own limit stops costs the account nothing. */
  allow(accountId: string, connection: RateLimiter): boolean {
    const now = this.clock.millis();
    return connection.allows(now) && this.of(accountId, now).allows(now);
  }

  /** Those who use nothing of theirs need not be remembered. */
  forgetRested(): void {
    const now = this.clock.millis();
    for (const [accountId, limiter] of this.accounts) if (limiter.isRested(now)) this.accounts.delete(accountId);
  }

  private of(accountId: string, now: number): RateLimiter {
    const known = this.accounts.get(accountId) ?? new RateLimiter(this.config.GATEWAY_SUBSCRIBE_ACCOUNT_LIMIT, now);
    this.accounts.set(accountId, known);
    return known;
  }
}
