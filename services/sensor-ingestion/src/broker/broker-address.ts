import { readFileSync } from 'node:fs';
import { DomainError } from '@brain/contracts';
import type { IClientOptions } from 'mqtt';
import type { BrokerSettings } from './broker.settings.js';

const CONNECT_WITHIN_MS = 10_000;

export interface BrokerAddress {
  readonly url: string;
  readonly options: IClientOptions;
}

/** Where the broker is and how to get in; undefined: there is none. */
export function brokerAddress(settings: BrokerSettings): BrokerAddress | undefined {
  const { INGESTION_BROKER_URL: url, INGESTION_BROKER_USERNAME: username, INGESTION_BROKER_PASSWORD: password } = settings;
  if (url === undefined) return undefined;
  return { url, options: { ...common(settings), ...credentials(username, password), protocolVersion: settings.INGESTION_BROKER_MQTT_VERSION === '5' ? 5 : 4 } };
}

/** The same broker, as the one who may change who it lets in. */
export function administratorAddress(settings: BrokerSettings): BrokerAddress | undefined {
  const { INGESTION_BROKER_URL: url, INGESTION_BROKER_ADMIN_USERNAME: username, INGESTION_BROKER_ADMIN_PASSWORD: password } = settings;
  if (url === undefined || username === undefined) return undefined;
  return { url, options: { ...common(settings), ...credentials(username, password), protocolVersion: 5 } };
}

function common({ INGESTION_BROKER_CA_FILE: caFile }: BrokerSettings): IClientOptions {
  return {
    // Every attempt is ours: we want to see why it failed, and pause longer each time.
    reconnectPeriod: 0,
    connectTimeout: CONNECT_WITHIN_MS,
    ...(caFile === undefined ? {} : { ca: readCa(caFile) }),
  };
}

function credentials(username: string | undefined, password: string | undefined): IClientOptions {
  return username === undefined ? {} : { username, ...(password === undefined ? {} : { password }) };
}

function readCa(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new DomainError('BROKER_REFUSED', `${file} cannot be read (${error instanceof Error ? error.message : String(error)}); check INGESTION_BROKER_CA_FILE`);
  }
}
