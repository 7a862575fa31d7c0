import { z } from 'zod';

export const tlsSettings = {
  /** MQTT over TLS. Off when not set; 0 picks a free port. */
  INGESTION_TLS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  INGESTION_TLS_CERT_FILE: z.string().min(1).optional(),
  INGESTION_TLS_KEY_FILE: z.string().min(1).optional(),
  /** PEM of the authority whose client certificates are taken; their common name is the device id. */
  INGESTION_TLS_CLIENT_CA_FILE: z.string().min(1).optional(),
};
