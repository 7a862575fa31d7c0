import { Module, type DynamicModule, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Inject } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { Clock, Database, ServiceKitModule } from '@brain/service-kit';
import { AccountEvents } from './accounts/account-events.js';
import { AccountsController } from './accounts/accounts.controller.js';
import { Accounts } from './accounts/accounts.js';
import { EraseAccounts } from './accounts/erase-accounts.handler.js';
import { FederatedAccounts } from './accounts/federated-accounts.js';
import { createFirstAccounts } from './accounts/first-accounts.js';
import { PasswordPolicy } from './accounts/passwords/password-policy.js';
import { StaffRegister } from './accounts/staff-register.query.js';
import type { GatewayConfig } from './config.js';
import { CONFIG } from './config-token.js';
import { DeadLettersController } from './dead-letters/dead-letters.controller.js';
import { FrontDoor } from './front-door/front-door.js';
import { routeUpgrades } from './front-door/upgrade-router.js';
import { Channels } from './live/channels.js';
import { LastSeen } from './live/last-seen.js';
import { LiveChanges } from './live/live-changes.js';
import { LiveFeed } from './live/live-feed.js';
import { LiveTables } from './live/live-tables.js';
import { OperationsGateway } from './live/operations.gateway.js';
import { Snapshots } from './live/snapshots.js';
import { Subscribing } from './live/subscribing.js';
import { SubscriptionLimits } from './live/subscription-limits.js';
import { SubscriptionRecords } from './live/subscription-records.js';
import { ServiceMetricsController } from './metrics/service-metrics.controller.js';
import { PastChangesFeed } from './past-room/past-changes.query.js';
import { PastRoomController } from './past-room/past-room.controller.js';
import { PastWorkload } from './past-room/past-workload.js';
import { staffRegisterProjection } from './read-tables/staff-register.projection.js';
import { UpstreamReadiness } from './readiness/upstream-readiness.js';
import { readTables } from './replay.js';
import { AuthController } from './sign-in/auth.controller.js';
import { FederatedSessions } from './sign-in/oidc/federated-sessions.js';
import { FederatedSignIn } from './sign-in/oidc/federated-sign-in.js';
import { IdentityProvider } from './sign-in/oidc/identity-provider.js';
import { OidcController } from './sign-in/oidc/oidc.controller.js';
import { OwnPasswords } from './sign-in/own-passwords.js';
import { SessionAuthenticator } from './sign-in/session-authenticator.js';
import { SessionCookies } from './sign-in/session-cookies.js';
import { SessionKeyRecord } from './sign-in/session-key-record.js';
import { MySessionsController } from './sign-in/sessions/my-sessions.controller.js';
import { Sessions } from './sign-in/sessions/sessions.js';
import { SessionTokens } from './sign-in/session-tokens.js';
import { SignInRecords } from './sign-in/sign-in-records.js';
import { SignInLimiter } from './sign-in/sign-in-limiter.js';

@Module({})
export class AppModule implements OnModuleInit, OnApplicationBootstrap {
  static with(config: GatewayConfig): DynamicModule {
    return {
      module: AppModule,
      // The kit's guard asks it whose request it is.
      global: true,
      exports: [SessionAuthenticator],
      imports: [
        ServiceKitModule.forRoot({
          service: readTables.service,
          config,
          schema: readTables.schema,
          migrationsDir: join(import.meta.dirname, '..', 'migrations'),
          // LiveFeed fills the others itself: it must know when a write is committed to tell the screens.
          projections: [staffRegisterProjection],
          authenticator: SessionAuthenticator,
        }),
      ],
      controllers: [AuthController, MySessionsController, OidcController, AccountsController, DeadLettersController, PastRoomController, ServiceMetricsController, EraseAccounts],
      providers: [
        { provide: CONFIG, useValue: config },
        AccountEvents,
        Accounts,
        FederatedAccounts,
        FederatedSessions,
        FederatedSignIn,
        IdentityProvider,
        OwnPasswords,
        PasswordPolicy,
        SessionAuthenticator,
        SessionCookies,
        SessionKeyRecord,
        Sessions,
        SessionTokens,
        SignInLimiter,
        SignInRecords,
        StaffRegister,
        FrontDoor,
        UpstreamReadiness,
        { provide: Channels, inject: [Database, Clock], useFactory: (database: Database, clock: Clock) => channelsOf(config, database, clock) },
        LastSeen,
        LiveTables,
        LiveChanges,
        LiveFeed,
        OperationsGateway,
        PastChangesFeed,
        PastWorkload,
        Snapshots,
        Subscribing,
        SubscriptionLimits,
        SubscriptionRecords,
      ],
    };
  }

  constructor(
    private readonly accounts: Accounts,
    private readonly http: HttpAdapterHost,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: GatewayConfig,
  ) {}

  async onModuleInit(): Promise<void> {
    const { GATEWAY_FIRST_ACCOUNTS_FILE: file, GATEWAY_FIRST_ACCOUNTS_AREAS: areas } = this.config;
    if (file !== undefined) await createFirstAccounts(this.accounts, file, areas, this.clock.now());
  }

  onApplicationBootstrap(): void {
    const { GATEWAY_UPSTREAM_MQTT_WS: mqtt } = this.config;
    routeUpgrades(this.http.httpAdapter.getHttpServer() as Server, mqtt === undefined ? undefined : new URL(mqtt));
  }
}

function channelsOf(config: GatewayConfig, database: Database, clock: Clock): Channels {
  return new Channels({
    capacity: config.GATEWAY_CHANNEL_BUFFER,
    idleMs: config.GATEWAY_CHANNEL_IDLE_SECONDS * 1000,
    now: () => clock.millis(),
    nextBlock: async () => {
      const [row] = await database.query<{ block: string }>("SELECT nextval('channel_block') AS block");
      return Number(row?.block);
    },
  });
}
