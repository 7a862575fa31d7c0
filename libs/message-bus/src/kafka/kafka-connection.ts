import { readFileSync } from 'node:fs';
import { DomainError } from '@brain/contracts';
import { Kafka, logLevel, type KafkaConfig, type SASLOptions } from 'kafkajs';

export interface KafkaSasl {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly password: string;
}

export interface KafkaConnectionOptions {
  /** `host:port` of some brokers; they name the others. */
  readonly brokers: readonly string[];
  /** How the brokers' logs and quotas call this process. Default `brain`. */
  readonly clientId?: string;
  /** TLS with the system's authorities. Default false, true with `caFile`. */
  readonly tls?: boolean;
  /** PEM of the authority that signed the brokers' certificates. */
  readonly caFile?: string;
  readonly sasl?: KafkaSasl;
}

/** Long enough for a leader to be elected, short enough to tell a caller that Kafka is away. */
const patience = { retries: 6, initialRetryTime: 100, maxRetryTime: 2_000 };

/** For who repeats its requests itself. */
export function impatientClient(options: KafkaConnectionOptions): Kafka {
  return kafkaClient(options, { ...patience, retries: 2 });
}

export function kafkaClient(options: KafkaConnectionOptions, retry = patience): Kafka {
  const { brokers, clientId = 'brain', caFile, tls = caFile !== undefined, sasl } = options;
  const config: KafkaConfig = {
    brokers: [...brokers],
    clientId,
    connectionTimeout: 3_000,
    authenticationTimeout: 5_000,
    requestTimeout: 15_000,
    retry,
    // What goes wrong is told by the errors of the calls; the client's own log repeats each of them many times.
    logLevel: logLevel.NOTHING,
  };
  if (tls) config.ssl = caFile === undefined ? true : { ca: [readCa(caFile)] };
  if (sasl !== undefined) config.sasl = saslOptions(sasl);
  return new Kafka(config);
}

function saslOptions({ mechanism, username, password }: KafkaSasl): SASLOptions {
  switch (mechanism) {
    case 'plain':
      return { mechanism, username, password };
    case 'scram-sha-256':
      return { mechanism, username, password };
    case 'scram-sha-512':
      return { mechanism, username, password };
  }
}

function readCa(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new DomainError('BUS_REFUSED', `The certificate authority ${file} cannot be read: name a PEM file that this process may read`);
  }
}
