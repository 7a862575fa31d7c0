import path from 'node:path';
import { VARIABLE_PREFIX, type ServiceName } from '@brain/contracts';
import { KEY_READERS, schemaOf } from '@brain/docker/provision';
import type { ChildSpec } from './child-process.js';
import type { DataFolder } from './data-folder.js';
import { urlAt } from './given-database.js';
import type { CertificateFiles } from './local-certificate.js';
import type { MasterKeyGiven } from './master-keys.js';
import type { StartOptions } from './options.js';
import type { KeyFiles, Secrets } from './secrets.js';

export interface Surroundings {
  readonly root: string;
  readonly folder: DataFolder;
  readonly options: StartOptions;
  readonly secrets: Secrets;
  readonly keys: KeyFiles;
  readonly masterKey: MasterKeyGiven;
  readonly certificate: CertificateFiles;
  /** Host, port and parameters of PostgreSQL, as an address without user and database. */
  readonly postgres: string;
  /** Loopback HTTP port of each service, and of the MQTT WebSocket listener. */
  readonly ports: Readonly<Record<ServiceName, number>>;
  readonly mqttWsPort: number;
}

export function databaseUrl(service: ServiceName, around: Pick<Surroundings, 'secrets' | 'postgres'>): string {
  return urlAt(around.postgres, { user: roleOf(service), password: around.secrets.servicePasswords[service], database: 'brain' });
}

/** Where this service reaches PostgreSQL when something stands between the two, a proxy for instance. */
function throughProxy(prefix: string, postgres: string): string {
  const address = new URL(postgres);
  address.port = process.env[`${prefix}_DATABASE_PORT`] ?? address.port;
  return address.href;
}

/** PostgreSQL role of a service. */
export function roleOf(service: ServiceName): string {
  return `brain_${schemaOf(service)}`;
}

/** How to start one service: the same program as in production, told by its environment. */
export function childSpec(service: ServiceName, around: Surroundings): ChildSpec {
  const prefix = VARIABLE_PREFIX[service];
  return {
    name: service,
    script: path.join(around.root, 'services', service, 'dist/main.js'),
    logFile: path.join(around.folder.logs, `${service}.log`),
    // Small heaps: the whole stack is meant to fit beside other programs.
    nodeArgs: ['--enable-source-maps', `--max-semi-space-size=${String(youngSpaceMb(service))}`, '--max-old-space-size=512'],
    env: {
      ...given(prefix),
      NODE_ENV: 'production',
      BRAIN_AUTH_JWKS_FILE: around.keys.jwks,
      ...(KEY_READERS.includes(service) ? around.masterKey : {}),
      [`${prefix}_DATABASE_URL`]: databaseUrl(service, { ...around, postgres: throughProxy(prefix, around.postgres) }),
      [`${prefix}_HTTP_HOST`]: '127.0.0.1',
      [`${prefix}_HTTP_PORT`]: String(around.ports[service]),
      ...ownVariables(service, around),
    },
  };
}

/** Settings, of this service or of all, that whoever starts the stack gave; what the stack must say itself comes after. */
function given(prefix: string): Record<string, string> {
  const prefixes = [`${prefix}_`, 'BRAIN_', 'OTEL_'];
  const isMasterKey = (name: string) => name.startsWith('BRAIN_MASTER_KEY'); // not for every service
  const own = Object.entries(process.env).filter(([name]) => prefixes.some((one) => name.startsWith(one)) && !isMasterKey(name));
  return Object.fromEntries(own.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** Each message lives until it is durable: with too little room for the young, a quarter of the time goes into moving them. */
function youngSpaceMb(service: ServiceName): number {
  return service === 'sensor-ingestion' ? 16 : 4;
}

function ownVariables(service: ServiceName, around: Surroundings): Record<string, string> {
  switch (service) {
    case 'sensor-ingestion':
      return {
        INGESTION_MQTT_PORT: String(around.options.mqttPort),
        INGESTION_MQTT_WS_PORT: String(around.mqttWsPort),
        INGESTION_TLS_PORT: String(around.options.mqttsPort),
        INGESTION_TLS_CERT_FILE: around.certificate.cert,
        INGESTION_TLS_KEY_FILE: around.certificate.key,
      };
    case 'operations-gateway':
      return {
        GATEWAY_HTTP_HOST: '0.0.0.0',
        GATEWAY_SIGNING_KEY_FILE: around.keys.signingKey,
        GATEWAY_FIRST_ACCOUNTS_FILE: around.folder.credentials,
        GATEWAY_FIRST_ACCOUNTS_AREAS: around.options.demo ? '440305' : '*',
        GATEWAY_DASHBOARD_DIR: path.join(around.root, 'dashboards/operations/dist'),
        GATEWAY_UPSTREAM_GRID: upstream(around, 'grid-registry'),
        GATEWAY_UPSTREAM_INGESTION: upstream(around, 'sensor-ingestion'),
        GATEWAY_UPSTREAM_ALERTING: upstream(around, 'alerting'),
        GATEWAY_UPSTREAM_CASES: upstream(around, 'case-management'),
        GATEWAY_UPSTREAM_EVALUATION: upstream(around, 'staff-evaluation'),
        GATEWAY_UPSTREAM_AUDIT: upstream(around, 'audit'),
        GATEWAY_UPSTREAM_MQTT_WS: `ws://127.0.0.1:${String(around.mqttWsPort)}`,
      };
    case 'grid-registry':
    case 'alerting':
    case 'case-management':
    case 'staff-evaluation':
      return {};
    case 'audit':
      return { AUDIT_LOG_FOLDER: around.folder.log, AUDIT_LOG_KEY_FILE: around.keys.logKey };
  }
}

function upstream(around: Surroundings, service: ServiceName): string {
  return `http://127.0.0.1:${String(around.ports[service])}`;
}
