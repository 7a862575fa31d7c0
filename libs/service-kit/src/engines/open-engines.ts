import type { FactoryProvider } from '@nestjs/common';
import { PostgresEventStore, type EventStore } from '@brain/event-store';
import { PostgresMessageBus, type MessageBus } from '@brain/message-bus';
import type { Logger } from 'pino';
import type { KitConfig } from '../configuration.js';

export function openEventStore(kit: KitConfig, service: string, logger: Logger): EventStore {
  return new PostgresEventStore({
    connectionString: kit.databaseUrl,
    applicationName: `${service}/event-store`,
    onError: (error) => logger.warn({ err: error }, 'event store connection lost'),
  });
}

export function openBus(kit: KitConfig): MessageBus {
  return new PostgresMessageBus({ connectionString: kit.databaseUrl });
}

/** Closes an engine when the application ends, after everything that uses it has stopped. */
export function closing(token: symbol, name: string): FactoryProvider {
  return {
    provide: name,
    inject: [token],
    useFactory: (engine: { close(): Promise<void> }) => ({ onApplicationShutdown: () => engine.close() }),
  };
}
