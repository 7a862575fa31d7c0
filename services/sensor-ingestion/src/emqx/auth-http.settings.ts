import { z } from 'zod';

export const authHttpSettings = {
  /** Where brokers ask who a device is. Keep it to the inner network. */
  INGESTION_AUTH_HTTP_HOST: z.string().min(1).default('127.0.0.1'),
  /** Off when not set; 0 picks a free port. */
  INGESTION_AUTH_HTTP_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  /** The broker sends it as `Authorization: Bearer …`. */
  INGESTION_AUTH_HTTP_SECRET: z.string().min(16, 'needs at least 16 characters').optional(),
};
