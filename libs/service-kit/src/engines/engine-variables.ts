import { z } from 'zod';
import { readStoreUrl } from '@brain/event-store';

export type EventStoreEngine = { readonly kind: 'postgres' } | { readonly kind: 'eventstoredb'; readonly url: string };

export interface KafkaSasl {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly password: string;
}

export type BusEngine =
  | { readonly kind: 'postgres' }
  | { readonly kind: 'kafka'; readonly brokers: readonly string[]; readonly clusterId?: string; readonly caFile?: string; readonly sasl?: KafkaSasl };

const brokers = z
  .string()
  .regex(/^[^\s,:]+:\d+(,[^\s,:]+:\d+)*$/, 'is not a list like kafka-1:9092,kafka-2:9092')
  .transform((list) => list.split(','));

const storeUrl = z
  .string()
  .refine((url) => readStoreUrl(url) !== undefined, 'is not a connection string like esdb://user:password@host-1:2113,host-2:2113?tls=true');

/** Which engine stands behind which port, and where it is. */
export const engineVariables = z
  .object({
    BRAIN_EVENT_STORE: z.enum(['postgres', 'eventstoredb']).default('postgres'),
    BRAIN_EVENTSTOREDB_URL: storeUrl.optional(),
    BRAIN_BUS: z.enum(['postgres', 'kafka']).default('postgres'),
    BRAIN_KAFKA_BROKERS: brokers.optional(),
    BRAIN_KAFKA_CLUSTER_ID: z.string().min(1).optional(),
    BRAIN_KAFKA_CA_FILE: z.string().min(1).optional(),
    BRAIN_KAFKA_SASL_MECHANISM: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).optional(),
    BRAIN_KAFKA_USERNAME: z.string().min(1).optional(),
    BRAIN_KAFKA_PASSWORD: z.string().min(1).optional(),
  })
  .superRefine((values, context) => {
    const missing = (name: string, because: string) => context.addIssue({ code: 'custom', path: [name], message: `is needed with ${because}` });
    if (values.BRAIN_EVENT_STORE === 'eventstoredb' && values.BRAIN_EVENTSTOREDB_URL === undefined) {
      missing('BRAIN_EVENTSTOREDB_URL', 'BRAIN_EVENT_STORE=eventstoredb');
    }
    if (values.BRAIN_BUS === 'kafka' && values.BRAIN_KAFKA_BROKERS === undefined) missing('BRAIN_KAFKA_BROKERS', 'BRAIN_BUS=kafka');
    if (values.BRAIN_KAFKA_SASL_MECHANISM === undefined) return;
    for (const name of ['BRAIN_KAFKA_USERNAME', 'BRAIN_KAFKA_PASSWORD'] as const) {
      if (values[name] === undefined) missing(name, 'BRAIN_KAFKA_SASL_MECHANISM');
    }
  });

type EngineValues = z.output<typeof engineVariables>;

export function toEventStoreEngine({ BRAIN_EVENT_STORE: kind, BRAIN_EVENTSTOREDB_URL: url }: EngineValues): EventStoreEngine {
  return kind === 'eventstoredb' && url !== undefined ? { kind, url } : { kind: 'postgres' };
}

export function toBusEngine(values: EngineValues): BusEngine {
  const { BRAIN_BUS: kind, BRAIN_KAFKA_BROKERS: list, BRAIN_KAFKA_CLUSTER_ID: clusterId, BRAIN_KAFKA_CA_FILE: caFile } = values;
  if (kind !== 'kafka' || list === undefined) return { kind: 'postgres' };
  const sasl = toSasl(values);
  return {
    kind,
    brokers: list,
    ...(clusterId === undefined ? {} : { clusterId }),
    ...(caFile === undefined ? {} : { caFile }),
    ...(sasl === undefined ? {} : { sasl }),
  };
}

function toSasl(values: EngineValues): KafkaSasl | undefined {
  const { BRAIN_KAFKA_SASL_MECHANISM: mechanism, BRAIN_KAFKA_USERNAME: username, BRAIN_KAFKA_PASSWORD: password } = values;
  return mechanism === undefined || username === undefined || password === undefined ? undefined : { mechanism, username, password };
}
