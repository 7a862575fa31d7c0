import { z } from 'zod';

/** A publish that was acknowledged and refused: kept with its reason, never silently dropped. */
export const refusedMessage = z.object({
  refusalId: z.uuid(),
  deviceId: z.uuid().nullable(),
  areaCode: z.string().nullable(),
  topic: z.string(),
  code: z.string(),
  detail: z.string(),
  path: z.string(),
  /** The first 4 KiB of the payload, base64. */
  payload: z.string(),
  sizeBytes: z.int(),
  receivedAt: z.int(),
  correlationId: z.string(),
});
export type RefusedMessage = z.infer<typeof refusedMessage>;
