import { SERVICES, type ServiceName } from '@brain/contracts';
import { provisionDatabase, provisionTopics, schemaOf, type ServiceDatabase } from '@brain/docker/provision';
import type { DataFolder } from './data-folder.js';
import type { LocalEngines } from './engines.js';
import { masterKeysFor, type MasterKeyGiven } from './master-keys.js';
import type { Secrets } from './secrets.js';
import { roleOf } from './service-specs.js';

/** The same databases, roles, tables and topics as in production. */
export async function provision(
  urlOf: (database: string) => string,
  secrets: Secrets,
  { eventStore, bus, timeSeries }: LocalEngines,
  folder: DataFolder,
): Promise<MasterKeyGiven> {
  const services = Object.fromEntries(
    SERVICES.map((service) => [
      service,
      { role: roleOf(service), password: secrets.servicePasswords[service], schema: schemaOf(service) },
    ]),
  ) as Record<ServiceName, ServiceDatabase>;
  const engines = { eventStore: eventStore.kind, bus: bus.kind, timeSeries };
  const { masterKeys, given } = await masterKeysFor(folder, urlOf, process.env);
  await provisionDatabase({ urlOf, database: 'brain', services, engines, masterKeys });
  await provisionTopics(bus);
  return given;
}
