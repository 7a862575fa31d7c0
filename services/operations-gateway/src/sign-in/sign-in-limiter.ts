import { Injectable, Inject } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../config-token.js';

/** One address may try several names, but not many: five times the tries of one name. */
const NAMES_PER_ADDRESS = 5;

/** Counts tries per user name and address, and per address. A try is counted before the password is looked at. */
@Injectable()
export class SignInLimiter {
  private readonly perName: RateLimiterMemory;
  private readonly perAddress: RateLimiterMemory;

  constructor(@Inject(CONFIG) config: GatewayConfig) {
    const points = config.GATEWAY_SIGN_IN_ATTEMPTS;
    const duration = config.GATEWAY_SIGN_IN_WINDOW_SECONDS;
    this.perName = new RateLimiterMemory({ keyPrefix: 'name', points, duration });
    this.perAddress = new RateLimiterMemory({ keyPrefix: 'address', points: points * NAMES_PER_ADDRESS, duration });
  }

  /** Seconds to wait, or undefined when the try may go on. */
  async take(username: string, address: string): Promise<number | undefined> {
    try {
      await this.perName.consume(nameKey(username, address));
      await this.perAddress.consume(address);
      return undefined;
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    }
  }

  /** A right password gives the tries back. */
  async succeeded(username: string, address: string): Promise<void> {
    await this.perName.delete(nameKey(username, address));
    await this.perAddress.reward(address);
  }
}

function nameKey(username: string, address: string): string {
  return `${address} ${username}`;
}
