import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DomainError } from '@brain/contracts';
import { Clock } from '@brain/service-kit';
import { Accounts, type Secret } from '../accounts/accounts.js';
import { byThemselves } from '../accounts/by-themselves.js';
import { normalisedPassword } from '../accounts/passwords/domain/password-text.js';
import { PasswordPolicy } from '../accounts/passwords/password-policy.js';
import { SessionTokens } from './session-tokens.js';

/** People choose their own passwords, when they sign in. */
@Injectable()
export class OwnPasswords {
  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: SessionTokens,
    private readonly policy: PasswordPolicy,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError PASSWORD_CHANGE_REQUIRED, PASSWORD_EXPIRED, PASSWORD_UNCHANGED, and as the policy does */
  async chooseOwn(secret: Secret, wanted: { readonly password: string; readonly newPassword?: string | undefined }, request: Request): Promise<void> {
    const { account, oneTimeUntil } = secret;
    if (oneTimeUntil !== null && oneTimeUntil <= this.clock.millis()) {
      throw new DomainError('PASSWORD_EXPIRED', 'This password was good for three days; ask a security administrator for another');
    }
    if (wanted.newPassword === undefined) {
      if (oneTimeUntil === null) return;
      throw new DomainError('PASSWORD_CHANGE_REQUIRED', 'Choose a password of your own: send it as newPassword');
    }
    if (normalisedPassword(wanted.newPassword) === normalisedPassword(wanted.password)) {
      throw new DomainError('PASSWORD_UNCHANGED', 'Choose another password than the one you were given', [{ path: 'newPassword', message: 'is the old one' }]);
    }
    await this.policy.require(wanted.newPassword, account, 'newPassword');
    const { accountId } = account;
    const validFrom = this.sessions.nextValidFrom();
    const by = byThemselves(accountId, request, this.clock.now());
    await this.accounts.setPassword(accountId, { password: wanted.newPassword, isOneTime: false }, new Date(validFrom).toISOString(), by);
    this.sessions.voidBefore(accountId, validFrom);
  }
}
