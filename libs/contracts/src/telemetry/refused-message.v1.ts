import { z } from 'zod';
import { ERASED, personalIfKnown } from '../personal-data/personal-mark.js';
import { wearerId } from '../values.js';

/** What a worn device sent is about its wearer, also when it cannot be read; a refusal may quote it. */
const ofWearer = (erased: string) => personalIfKnown(z.string(), 'person', 'wearerId', erased);

/** A publish that was acknowledged and refused: kept with its reason, never silently dropped. */
export const refusedMessage = z.object({
  refusalId: z.uuid(),
  deviceId: z.uuid().nullable(),
  areaCode: z.string().nullable(),
  wearerId,
  topic: z.string(),
  code: z.string(),
  detail: ofWearer(ERASED),
  path: ofWearer(ERASED),
  /** The first 4 KiB of the payload, base64. */
  payload: ofWearer(''),
  sizeBytes: z.int(),
  receivedAt: z.int(),
  correlationId: z.string(),
});
export type RefusedMessage = z.infer<typeof refusedMessage>;
