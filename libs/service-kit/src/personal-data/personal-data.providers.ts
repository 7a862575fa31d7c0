import type { FactoryProvider } from '@nestjs/common';
import { EVENT_STORE, PersonalData, SealingEventStore, type EventStore } from '@brain/event-store';
import { MESSAGE_BUS } from '@brain/message-bus';
import type { Logger } from 'pino';
import type { KitConfig } from '../configuration.js';
import { Database } from '../database.js';
import { RecordFaults } from '../duty/record-faults.js';
import { openKeptStore } from '../engines/open-kept-store.js';
import { openBus, openEventStore } from '../engines/open-engines.js';
import { openPersonalData } from './open-personal-data.js';
import { SealingBus } from './sealing-bus.js';

/** Injection token of the event store as it is on disk, personal values encrypted: for the relay and the verifiable log. */
export const SEALED_EVENT_STORE = Symbol('SealedEventStore');

interface Options {
  readonly service: string;
  readonly config: { readonly kit: KitConfig };
  readonly personalData?: 'none';
}

/** Event store and bus as the service works with them, and what they are made of. */
export function personalDataProviders({ service, config, personalData }: Options, logger: symbol): readonly FactoryProvider[] {
  return [
    {
      provide: SEALED_EVENT_STORE,
      inject: [logger, Database, RecordFaults],
      useFactory: (log: Logger, { pool, schema }: Database, faults: RecordFaults) =>
        openKeptStore({ pool, schema }, () => openEventStore(config.kit, service, log), faults),
    },
    {
      provide: PersonalData,
      inject: [Database],
      useFactory: (database: Database) => (personalData === 'none' ? null : openPersonalData(config.kit.masterKeys, database.pool)),
    },
    {
      provide: EVENT_STORE,
      inject: [SEALED_EVENT_STORE, PersonalData],
      useFactory: (store: EventStore, people: PersonalData | null) => (people === null ? store : new SealingEventStore(store, people)),
    },
    {
      provide: MESSAGE_BUS,
      inject: [PersonalData],
      useFactory: async (people: PersonalData | null) => {
        const bus = await openBus(config.kit, service);
        return people === null ? bus : new SealingBus(bus, people);
      },
    },
  ];
}
