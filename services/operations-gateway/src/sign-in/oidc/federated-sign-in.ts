import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { TokenRefused } from '@brain/auth';
import { DomainError, isDomainError, type Account } from '@brain/contracts';
import { Clock, LOGGER, newCorrelationId } from '@brain/service-kit';
import { Accounts } from '../../accounts/accounts.js';
import { FederatedAccounts } from '../../accounts/federated-accounts.js';
import { StaffRegister } from '../../accounts/staff-register.query.js';
import type { GatewayConfig } from '../../config.js';
import { CONFIG } from '../../config-token.js';
import { personOf, type Person } from '../domain/person-of-claims.js';
import { Sessions } from '../sessions/sessions.js';
import type { Visitor } from '../sessions/visitor.js';
import type { Whose } from '../sign-in-records.js';
import { FederatedSessions, type FederatedSession } from './federated-sessions.js';
import { IdentityProvider } from './identity-provider.js';
import type { AttemptSecrets, ProviderAnswer } from './provider-client.js';

/** Somebody the provider vouches for, and for how long without asking it again. */
export interface Vouched {
  readonly account: Account;
  readonly sessionId: string;
  readonly lifetimeSeconds: number;
}

/** The provider cannot say yes or no: that is not the person's fault. */
const PROVIDER_SILENT = new Set(['OIDC_UNAVAILABLE', 'OIDC_REFUSED']);

/** Begins, renews and ends sessions of people whom the identity provider signs in. */
@Injectable()
export class FederatedSignIn {
  /** One at a time per session: providers that renew the refresh token take a second use of the old one for theft. */
  private readonly renewals = new Map<string, Promise<Vouched>>();

  constructor(
    private readonly provider: IdentityProvider,
    private readonly sessions: Sessions,
    private readonly given: FederatedSessions,
    private readonly accounts: Accounts,
    private readonly federated: FederatedAccounts,
    private readonly staff: StaffRegister,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONFIG) private readonly config: GatewayConfig,
  ) {}

  /** @throws DomainError as the provider's client does, OIDC_ROLE_MISSING, OIDC_AREA_MISSING, ACCOUNT_DISABLED */
  async begin(query: string, attempt: AttemptSecrets, visitor: Visitor): Promise<Vouched & { readonly secret: string }> {
    const answer = await this.provider.client().exchange(query, attempt);
    const account = await this.welcome(answer);
    const { sessionId, secret } = await this.given.begin(account.accountId, answer.subject, tokensOf(answer), visitor);
    return { account, sessionId, secret, lifetimeSeconds: this.lifetimeOf(answer) };
  }

  /** @throws DomainError TOKEN_REVOKED once the provider no longer vouches for the person, OIDC_UNAVAILABLE */
  renew(secret: string): Promise<Vouched> {
    const running = this.renewals.get(secret);
    if (running !== undefined) return running;
    const renewal = this.renewed(secret).finally(() => this.renewals.delete(secret));
    this.renewals.set(secret, renewal);
    return renewal;
  }

  /** Of a session that has ended here: where the browser ends it at the provider too; undefined: nowhere. */
  async leaveProvider(session: FederatedSession): Promise<URL | undefined> {
    if (!this.provider.isFound) return undefined;
    const { refreshToken, idToken } = session.tokens;
    if (refreshToken !== undefined) await this.provider.client().revoke(refreshToken).catch((error: unknown) => this.note(error, session));
    return this.provider.client().endSessionUrl(idToken);
  }

  /** Undefined: it has ended. */
  find(secret: string): Promise<FederatedSession | undefined> {
    return this.given.find(secret);
  }

  private async renewed(secret: string): Promise<Vouched> {
    const session = await this.given.find(secret);
    if (session?.tokens.refreshToken === undefined) throw ended();
    try {
      const answer = await this.provider.client().refresh(session.tokens.refreshToken, session.subject);
      const account = await this.welcome(answer);
      await this.given.confirm(session, tokensOf(answer));
      return { account, sessionId: session.sessionId, lifetimeSeconds: this.config.GATEWAY_OIDC_TOKEN_SECONDS };
    } catch (error) {
      if (!isDomainError(error)) throw error;
      this.note(error, session);
      if (PROVIDER_SILENT.has(error.code)) return this.trusted(session, error);
      const by = { actor: { type: 'system', id: 'identity-provider' }, time: this.clock.now(), correlationId: newCorrelationId(), address: null } as const;
      await this.sessions.end([session.sessionId], 'identity-provider', by);
      throw ended(session.accountId);
    }
  }

  /** A control room does not go dark because the provider restarts: for a while its last word counts. */
  private async trusted({ accountId, sessionId, confirmedAt }: FederatedSession, fault: DomainError): Promise<Vouched> {
    const account = await this.accounts.get(accountId);
    const trustedUntil = confirmedAt + this.config.GATEWAY_OIDC_GRACE_SECONDS * 1000;
    if (account.disabled) throw ended(accountId);
    if (this.clock.millis() >= trustedUntil) throw refusalOf(accountId, new DomainError('OIDC_UNAVAILABLE', fault.message));
    return { account, sessionId, lifetimeSeconds: this.config.GATEWAY_OIDC_TOKEN_SECONDS };
  }

  private async welcome({ subject, claims }: ProviderAnswer): Promise<Account> {
    const { issuer, claims: names } = this.provider.required();
    const person = personOf(claims, names);
    const account = await this.federated.remember(issuer, subject, { ...person, staffId: await this.registered(person) });
    if (!account.disabled) return account;
    throw refusalOf(account.accountId, new DomainError('ACCOUNT_DISABLED', 'An administrator has disabled this account'));
  }

  /** Whom the provider names speaks for a member of staff only if that one is on the register: else for nobody. */
  private async registered({ staffId }: Person): Promise<string | null> {
    if (staffId === null) return null;
    const found = await this.staff.find(staffId, 0);
    if (found?.erased === false) return staffId;
    this.logger.warn({ staffId }, 'the identity provider names a member of staff who is not on the register');
    return null;
  }

  /** Without a refresh token nobody can be asked again: then the ID token's own time counts. */
  private lifetimeOf({ refreshToken, idTokenExpiresAt }: ProviderAnswer): number {
    const { GATEWAY_OIDC_TOKEN_SECONDS: short, GATEWAY_SESSION_SECONDS: longest } = this.config;
    if (refreshToken !== undefined || idTokenExpiresAt === undefined) return short;
    const vouchedSeconds = Math.floor((idTokenExpiresAt - this.clock.millis()) / 1000);
    return Math.min(Math.max(vouchedSeconds, short), longest);
  }

  private note(error: unknown, { sessionId, accountId }: FederatedSession): void {
    const { code, message } = isDomainError(error) ? error : { code: 'INTERNAL_ERROR', message: String(error) };
    this.logger.warn({ session: sessionId, account: accountId, code }, `identity provider: ${message}`);
  }
}

function tokensOf({ refreshToken, idToken }: ProviderAnswer) {
  return { ...(refreshToken === undefined ? {} : { refreshToken }), ...(idToken === undefined ? {} : { idToken }) };
}

function ended(accountId?: string): DomainError {
  return new TokenRefused('TOKEN_REVOKED', 'This sign-in was ended', accountId);
}

/** With whose it is, for the record. */
function refusalOf(accountId: string, refusal: DomainError): DomainError {
  refusal.cause = { accountId } satisfies Whose;
  return refusal;
}
