import { retentionDays, SHORTEST_RETENTION_DAYS, VARIABLE_PREFIX } from '@brain/contracts';
import { ConfigurationError, parseConfig, parseRateLimit, type KitConfig } from '@brain/service-kit';
import { z } from 'zod';
import { brokerSettings } from './broker/broker.settings.js';
import { authHttpSettings } from './emqx/auth-http.settings.js';
import { tlsSettings } from './mqtt/tls.settings.js';
import { misfits } from './settings-that-fit.js';

const whole = z.coerce.number().int().min(1);
const port = z.coerce.number().int().min(0).max(65_535);

/** A record of the bus has 1 MiB, and readings may take six times the bytes of the payload they came in. */
export const LARGEST_PAYLOAD = 128 * 1024;

const settings = {
  /** The built-in MQTT listener. */
  INGESTION_LISTENER: z.enum(['on', 'off']).default('on'),
  INGESTION_MQTT_HOST: z.string().min(1).default('0.0.0.0'),
  INGESTION_MQTT_PORT: port.default(1883),
  /** MQTT over WebSocket: the gateway forwards /mqtt to it, so only the gateway need reach it. Port 0 picks a free one. */
  INGESTION_MQTT_WS_HOST: z.string().min(1).default('127.0.0.1'),
  INGESTION_MQTT_WS_PORT: port.default(1884),
  INGESTION_PAYLOAD_MAX_BYTES: whole.max(LARGEST_PAYLOAD, 'is at most 131072: what the bus takes of readings').default(65_536),
  /** Messages on their way to the bus at once, over all clients; more wait and their clients are not read. */
  INGESTION_IN_FLIGHT_MAX: whole.default(5_000),
  /** Per device, `count:seconds,…`; `off` for none. */
  INGESTION_RATE_LIMIT: z
    .string()
    .default('200:1,6000:60')
    .transform((text, context) => {
      const limits = parseRateLimit(text);
      if (limits !== undefined) return limits;
      context.addIssue('is not a list like 200:1,6000:60, nor off');
      return z.NEVER;
    }),
  /** What keeps the readings: native partitions, or TimescaleDB in the same database. */
  INGESTION_TIME_SERIES: z.enum(['postgres', 'timescaledb']).default('postgres'),
  INGESTION_FUTURE_MAX_SECONDS: z.coerce.number().min(0).default(300),
  INGESTION_AGE_MAX_DAYS: whole.default(7_300),
  /** How long refused messages are kept, in days or `forever`; decided in the record, and only ever raised. */
  INGESTION_KEEP_REFUSED_DAYS: z
    .string()
    .transform((text, context) => {
      const days = retentionDays.safeParse(/^\d+$/.test(text) ? Number(text) : text);
      if (days.success) return days.data;
      context.addIssue(`RETENTION_TOO_SHORT: is forever or at least ${String(SHORTEST_RETENTION_DAYS)} (days; the law asks for six months)`);
      return z.NEVER;
    })
    .optional(),
  /** How often wearers are looked for who were erased and are to be forgotten, while there are any; 16 times as long else. */
  INGESTION_ERASURE_POLL_MS: whole.default(500),
  /** A device is offline after so long without a connection. */
  INGESTION_OFFLINE_AFTER_SECONDS: z.coerce.number().min(0.1).default(60),
  /** How often the sessions learn of retired devices and rotated tokens. */
  INGESTION_SESSION_CHECK_MS: whole.default(1_000),
  ...tlsSettings,
  ...brokerSettings,
  ...authHttpSettings,
};

export type IngestionSettings = z.infer<z.ZodObject<typeof settings>>;
export type IngestionConfig = IngestionSettings & { readonly kit: KitConfig };

/** Injection token. */
export const INGESTION_SETTINGS = Symbol('IngestionSettings');

export function loadConfig(env: NodeJS.ProcessEnv): IngestionConfig {
  const config = parseConfig(VARIABLE_PREFIX['sensor-ingestion'], settings, env);
  const problems = misfits(config);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return config;
}
