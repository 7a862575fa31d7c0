import { Global, Module, type DynamicModule, type MiddlewareConsumer, type NestModule, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, Reflector } from '@nestjs/core';
import { AccessTokens, BearerAuthenticator, JwtGuard, type Authenticator } from '@brain/auth';
import type { ServiceName } from '@brain/contracts';
import { EVENT_STORE, PersonalData, type EventStore, type Projection } from '@brain/event-store';
import { MESSAGE_BUS, type MessageBus } from '@brain/message-bus';
import type { Logger } from 'pino';
import { AppliedNews } from './applied-news.js';
import { Clock } from './clock.js';
import { Commands } from './commands.js';
import type { KitConfig } from './configuration.js';
import { measureConsumerLag } from './consumer-lag.js';
import { CorrelationMiddleware } from './correlation.middleware.js';
import { Database } from './database.js';
import { DutyRecords } from './duty/duty-records.js';
import { PersonalDataGuard } from './duty/personal-data.guard.js';
import { PersonalDataInterceptor } from './duty/personal-data.interceptor.js';
import { PersonalDataReads } from './duty/personal-data-reads.js';
import { RecordFaults } from './duty/record-faults.js';
import { RefusedCommands } from './duty/refused-commands.js';
import { openDatabase } from './engines/open-database.js';
import { closing } from './engines/open-engines.js';
import { HealthController } from './health.controller.js';
import { createLogger } from './logger.js';
import { Metrics } from './metrics.js';
import { PastGuard } from './past/past.guard.js';
import { PastInterceptor } from './past/past.interceptor.js';
import { personalDataProviders, SEALED_EVENT_STORE } from './personal-data/personal-data.providers.js';
import { ProblemFilter } from './problem.filter.js';
import { ProjectionHost } from './projection-host.js';
import { Readiness } from './readiness.js';
import { RelayHost } from './relay-host.js';
import { validationPipe } from './validation.js';

/** Injection token of the pino logger. */
export const LOGGER = Symbol('Logger');

export interface ServiceKitOptions {
  readonly service: ServiceName;
  readonly config: { readonly kit: KitConfig };
  /** The service's PostgreSQL schema. */
  readonly schema: string;
  /** Folder of numbered .sql files. */
  readonly migrationsDir: string;
  readonly projections: readonly Projection[];
  /** Topic the service's own events are relayed to; none: it has no events. */
  readonly relayTopic?: string;
  /** `none`: the service neither reads nor writes anything about people, and is given no keys. */
  readonly personalData?: 'none';
  /** Where a token that is valid may count no longer. Provided by a module that is global; default: a bearer token is enough. */
  readonly authenticator?: Type<Authenticator>;
}

/** Everything a service stands on: configuration, engines, read tables, relay, errors, health, metrics. */
@Global()
@Module({})
export class ServiceKitModule implements NestModule {
  static forRoot(options: ServiceKitOptions): DynamicModule {
    const { service, config, projections, relayTopic } = options;
    const exported = [AppliedNews, Clock, Metrics, Readiness, LOGGER, Database, SEALED_EVENT_STORE, EVENT_STORE, MESSAGE_BUS, PersonalData, Commands, AccessTokens, DutyRecords, PersonalDataReads];
    return {
      module: ServiceKitModule,
      controllers: [HealthController],
      providers: [
        AppliedNews,
        Clock,
        Reflector,
        Readiness,
        { provide: Metrics, useFactory: () => new Metrics(service) },
        { provide: LOGGER, useFactory: () => createLogger(service, config.kit.logLevel) },
        { provide: AccessTokens, useFactory: () => AccessTokens.fromFile(config.kit.jwksFile) },
        { provide: BearerAuthenticator, inject: [AccessTokens], useFactory: (tokens: AccessTokens) => new BearerAuthenticator(tokens) },
        {
          provide: Database,
          inject: [LOGGER],
          useFactory: (logger: Logger) => openDatabase(options, logger),
        },
        {
          provide: RecordFaults,
          inject: [LOGGER, Clock, Metrics],
          useFactory: (logger: Logger, clock: Clock, metrics: Metrics) => new RecordFaults(service, logger, clock, metrics),
        },
        ...personalDataProviders(options, LOGGER),
        {
          provide: 'EngineChecks',
          inject: [Readiness, Database, EVENT_STORE, MESSAGE_BUS],
          useFactory: (readiness: Readiness, database: Database, store: EventStore, bus: MessageBus) => {
            readiness.addPing('database', () => database.query('SELECT 1'));
            readiness.addPing('event-store', () => store.ping());
            readiness.addPing('bus', () => bus.ping());
          },
        },
        {
          provide: 'ConsumerLag',
          inject: [Metrics, MESSAGE_BUS],
          useFactory: (metrics: Metrics, bus: MessageBus) => measureConsumerLag(metrics, () => bus.lag()),
        },
        {
          provide: Commands,
          inject: [EVENT_STORE, LOGGER],
          useFactory: (store: EventStore, logger: Logger) => new Commands(store, service, logger),
        },
        {
          provide: ProjectionHost,
          inject: [EVENT_STORE, MESSAGE_BUS, Database, LOGGER, Metrics, Readiness, AppliedNews],
          useFactory: (store: EventStore, bus: MessageBus, database: Database, logger: Logger, metrics: Metrics, readiness: Readiness, news: AppliedNews) =>
            new ProjectionHost(service, projections, { store, bus, database, logger, metrics, readiness, news }),
        },
        {
          provide: RelayHost,
          inject: [SEALED_EVENT_STORE, MESSAGE_BUS, Database, LOGGER, Metrics, Readiness],
          useFactory: (store: EventStore, bus: MessageBus, database: Database, logger: Logger, metrics: Metrics, readiness: Readiness) =>
            new RelayHost(service, relayTopic, { store, bus, database, logger, metrics, readiness }),
        },
        closing(EVENT_STORE, 'EventStoreClosing'),
        closing(MESSAGE_BUS, 'MessageBusClosing'),
        { provide: DutyRecords, inject: [EVENT_STORE], useFactory: (store: EventStore) => new DutyRecords(store) },
        {
          provide: RefusedCommands,
          inject: [DutyRecords, Clock, LOGGER],
          useFactory: (records: DutyRecords, clock: Clock, logger: Logger) => new RefusedCommands(service, records, clock, logger),
        },
        {
          provide: PersonalDataReads,
          inject: [DutyRecords, Clock, LOGGER],
          useFactory: (records: DutyRecords, clock: Clock, logger: Logger) => new PersonalDataReads(service, records, clock, logger),
        },
        // Guards run in this order.
        { provide: APP_GUARD, inject: [Reflector], useFactory: (reflector: Reflector) => new PersonalDataGuard(reflector) },
        {
          provide: APP_GUARD,
          inject: [options.authenticator ?? BearerAuthenticator, Reflector],
          useFactory: (authenticator: Authenticator, reflector: Reflector) => new JwtGuard(authenticator, reflector),
        },
        { provide: APP_GUARD, inject: [Reflector, Clock], useFactory: (reflector: Reflector, clock: Clock) => new PastGuard(reflector, clock) },
        { provide: APP_INTERCEPTOR, inject: [PersonalDataReads], useFactory: (reads: PersonalDataReads) => new PersonalDataInterceptor(reads) },
        { provide: APP_INTERCEPTOR, useFactory: () => new PastInterceptor() },
        {
          provide: APP_FILTER,
          inject: [LOGGER, RefusedCommands, PersonalDataReads],
          useFactory: (logger: Logger, refusals: RefusedCommands, reads: PersonalDataReads) => new ProblemFilter(logger, refusals, reads),
        },
        { provide: APP_PIPE, useValue: validationPipe },
      ],
      exports: exported,
    };
  }

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(CorrelationMiddleware).forRoutes('{*path}');
  }
}
