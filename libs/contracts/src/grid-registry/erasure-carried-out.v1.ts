import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { erasureSubject, instant } from '../values.js';

/** The data key is destroyed. Whoever shows what was encrypted under it now makes its own tables forget. */
export const erasureCarriedOutV1 = defineEvent(
  'grid-registry',
  'ErasureCarriedOut',
  1,
  z.strictObject({ subject: erasureSubject, keyId: z.uuid(), at: instant }),
);
export type ErasureCarriedOut = EventOf<typeof erasureCarriedOutV1>;
