import { z } from 'zod';

/** In $share/<group>/…, where these characters mean something else. */
const shareName = z.string().regex(/^[^/+#\s]+$/, 'may not have /, +, # or spaces');

export const brokerSettings = {
  /** An external broker, mqtt:// or mqtts://. */
  INGESTION_BROKER_URL: z.url({ protocol: /^mqtts?$/ }).optional(),
  INGESTION_BROKER_USERNAME: z.string().min(1).optional(),
  INGESTION_BROKER_PASSWORD: z.string().min(1).optional(),
  /** PEM of the authority that signed the broker's certificate; without it those of Node are trusted. */
  INGESTION_BROKER_CA_FILE: z.string().min(1).optional(),
  INGESTION_BROKER_MQTT_VERSION: z.enum(['3.1.1', '5']).default('5'),
  /** Name of the shared subscription, and of the sessions. */
  INGESTION_BROKER_GROUP: shareName.default('brain-ingestion'),
  /** Persistent sessions at the broker, shared out over the processes; the same number in each. More than one share a subscription. */
  INGESTION_BROKER_SESSIONS: z.coerce.number().int().min(1).max(64).default(1),
  /** Messages a session may hold unacknowledged (MQTT 5; with 3.1.1 the broker's own setting holds). */
  INGESTION_BROKER_RECEIVE_MAX: z.coerce.number().int().min(1).max(65_535).default(500),
  /** A device behind the broker is offline after so long without a message. */
  INGESTION_BROKER_SILENT_AFTER_SECONDS: z.coerce.number().min(0.1).default(600),
  /** Who may use Mosquitto's dynamic-security plugin; with it the device registry is kept up to date there. */
  INGESTION_BROKER_ADMIN_USERNAME: z.string().min(1).optional(),
  INGESTION_BROKER_ADMIN_PASSWORD: z.string().min(1).optional(),
};

export type BrokerSettings = z.infer<z.ZodObject<typeof brokerSettings>>;
