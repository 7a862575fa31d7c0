import { SERVICES, type ServiceName } from '@brain/contracts';

/** What a service signs in to PostgreSQL with. */
export interface ServiceDatabase {
  readonly schema: string;
  readonly role: string;
  readonly password: string;
}

export function schemaOf(service: ServiceName): string {
  return service.replaceAll('-', '_');
}

/** Taken from the very addresses that the services are given, so the two cannot differ. */
export function serviceDatabases(urlOf: (service: ServiceName) => string): Readonly<Record<ServiceName, ServiceDatabase>> {
  const entries = SERVICES.map((service) => {
    const url = new URL(urlOf(service));
    const role = decodeURIComponent(url.username);
    return [service, { schema: schemaOf(service), role, password: decodeURIComponent(url.password) }] as const;
  });
  return Object.fromEntries(entries) as Record<ServiceName, ServiceDatabase>;
}
