import { parseConfig } from '@brain/service-kit';
import { SERVICES, VARIABLE_PREFIX, type ServiceName } from '@brain/contracts';
import { z } from 'zod';
import { serviceDatabases } from './service-databases.js';

const databaseUrl = z
  .url({ protocol: /^postgres(ql)?$/ })
  .refine((url) => new URL(url).username !== '' && new URL(url).password !== '', 'needs a user and a password');

const variables = {
  INGESTION_TIME_SERIES: z.enum(['postgres', 'timescaledb']).default('postgres'),
};

const urlNames = SERVICES.map((service) => `${VARIABLE_PREFIX[service]}_DATABASE_URL`);

/**
 * The services' own variables, and `PROVISION_DATABASE_URL`: the server once more, for an administrator who may make
 * roles and databases. The services must share one database.
 */
export function loadProvisionConfig(env: NodeJS.ProcessEnv) {
  const urls = parseConfig('PROVISION', Object.fromEntries(urlNames.map((name) => [name, databaseUrl])), env);
  const { INGESTION_TIME_SERIES: timeSeries, kit } = parseConfig('PROVISION', variables, env);
  const urlOf = (service: ServiceName) => urls[`${VARIABLE_PREFIX[service]}_DATABASE_URL`] ?? '';
  const databases = new Set(SERVICES.map((service) => new URL(urlOf(service)).pathname.slice(1)));
  const [database = ''] = databases;
  if (databases.size !== 1 || database === '') throw new Error(`The services must share one database, not ${[...databases].join(', ')}`);
  return { kit, timeSeries, database, services: serviceDatabases(urlOf) };
}

export type ProvisionConfig = ReturnType<typeof loadProvisionConfig>;
