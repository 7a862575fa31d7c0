import type { FactoryProvider } from '@nestjs/common';
import { SERVICES } from '@brain/contracts';
import { PostgresEventStore, type EventStore } from '@brain/event-store';
import { PostgresMessageBus, type MessageBus } from '@brain/message-bus';
import type { Logger } from 'pino';
import type { KitConfig } from '../configuration.js';
import { outageLog } from '../outage-log.js';
import { TracedBus } from '../tracing/traced-bus.js';

export type StoreConfig = Pick<KitConfig, 'eventStore' | 'databaseUrl'>;

export async function openEventStore({ eventStore, databaseUrl }: StoreConfig, service: string, logger: Logger): Promise<EventStore> {
  const onError = (error: unknown) => outageLog(logger).failed('event store', error, 'event store connection lost');
  switch (eventStore.kind) {
    case 'postgres':
      return new PostgresEventStore({ connectionString: databaseUrl, applicationName: `${service}/event-store`, onError });
    case 'eventstoredb': {
      const { EventStoreDbEventStore } = await import('@brain/event-store/eventstoredb');
      return new EventStoreDbEventStore({ url: eventStore.url, connectionName: service, sources: SERVICES, onError });
    }
  }
}

export async function openBus(kit: KitConfig, service: string): Promise<MessageBus> {
  const bus = await untracedBus(kit, service);
  return kit.tracing === null ? bus : new TracedBus(bus, kit.bus.kind === 'kafka' ? 'kafka' : 'postgresql');
}

async function untracedBus({ bus, databaseUrl }: KitConfig, service: string): Promise<MessageBus> {
  switch (bus.kind) {
    case 'postgres':
      return new PostgresMessageBus({ connectionString: databaseUrl });
    case 'kafka': {
      const { KafkaMessageBus } = await import('@brain/message-bus/kafka');
      return new KafkaMessageBus({ ...bus, clientId: service });
    }
  }
}

/** Closes an engine when the application ends, after everything that uses it has stopped. */
export function closing(token: symbol, name: string): FactoryProvider {
  return {
    provide: name,
    inject: [token],
    useFactory: (engine: { close(): Promise<void> }) => ({ onApplicationShutdown: () => engine.close() }),
  };
}
