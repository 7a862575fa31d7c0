import { SERVICES, type ServiceName } from '@brain/contracts';
import { provisionDatabase, schemaOf, type ServiceDatabase } from '@brain/docker/provision';
import type { Secrets } from './secrets.js';
import { roleOf } from './service-specs.js';

/** The same databases, roles and tables as in production. */
export async function provision(urlOf: (database: string) => string, secrets: Secrets): Promise<void> {
  const services = Object.fromEntries(
    SERVICES.map((service) => [
      service,
      { role: roleOf(service), password: secrets.servicePasswords[service], schema: schemaOf(service) },
    ]),
  ) as Record<ServiceName, ServiceDatabase>;
  await provisionDatabase({ urlOf, database: 'brain', services });
}
