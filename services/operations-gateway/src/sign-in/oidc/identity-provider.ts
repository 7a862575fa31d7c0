import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { DomainError, isDomainError } from '@brain/contracts';
import { aborted, BackgroundTask, LOGGER, Readiness, type ReadinessEntry } from '@brain/service-kit';
import type { GatewayConfig } from '../../config.js';
import { CONFIG } from '../../config-token.js';
import { findProvider } from './find-provider.js';
import { oidcSettingsOf, type OidcSettings } from './oidc-settings.js';
import type { ProviderClient } from './provider-client.js';

/** Providers move their endpoints seldom, and tell. */
const LOOK_AGAIN_MS = 60 * 60_000;

/** The organisation's identity provider: looked for at start and until it is found, then looked at now and again. */
@Injectable()
export class IdentityProvider implements OnModuleInit, OnModuleDestroy {
  private readonly settings: OidcSettings | undefined;
  private readonly search: BackgroundTask;
  private found: ProviderClient | undefined;
  private fault = new DomainError('OIDC_UNAVAILABLE', 'The identity provider has not been asked yet');

  constructor(
    @Inject(CONFIG) config: GatewayConfig,
    @Inject(LOGGER) logger: Logger,
    private readonly readiness: Readiness,
  ) {
    this.settings = oidcSettingsOf(config);
    this.search = new BackgroundTask('identity-provider', logger, async (signal) => {
      await this.look();
      await aborted(signal, LOOK_AGAIN_MS);
    });
  }

  /** A provider that is not there is waited for; one that must not be used stops the start. */
  async onModuleInit(): Promise<void> {
    if (this.settings === undefined) return;
    this.readiness.add('identity-provider', () => this.state());
    await this.look().catch((error: unknown) => {
      if (isDomainError(error) && error.code === 'OIDC_REFUSED') throw error;
    });
    this.search.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.search.stop();
  }

  get isOffered(): boolean {
    return this.settings !== undefined;
  }

  get isFound(): boolean {
    return this.found !== undefined;
  }

  /** @throws DomainError SIGN_IN_METHOD_OFF, OIDC_UNAVAILABLE, OIDC_REFUSED */
  client(): ProviderClient {
    this.required();
    if (this.found === undefined) throw this.fault;
    return this.found;
  }

  /** @throws DomainError SIGN_IN_METHOD_OFF */
  required(): OidcSettings {
    if (this.settings === undefined) {
      throw new DomainError('SIGN_IN_METHOD_OFF', 'This installation has no sign-in with the organisation’s account');
    }
    return this.settings;
  }

  private async look(): Promise<void> {
    try {
      this.found = await findProvider(this.required());
    } catch (error) {
      if (isDomainError(error)) this.fault = error;
      throw error;
    }
  }

  private state(): ReadinessEntry {
    return this.found === undefined ? { ready: false, detail: `${this.fault.code}: ${this.fault.message}` } : { ready: true };
  }
}
