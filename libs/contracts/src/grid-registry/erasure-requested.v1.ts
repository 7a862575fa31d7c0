import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { accountId, erasureSubject, instant } from '../values.js';

/** 注销申请: somebody asks that a person be erased. Void unless another person agrees before `expiresAt`. */
export const erasureRequestedV1 = defineEvent(
  'grid-registry',
  'ErasureRequested',
  1,
  z.strictObject({ subject: erasureSubject, requestedBy: accountId, at: instant, expiresAt: instant }),
);
export type ErasureRequested = EventOf<typeof erasureRequestedV1>;
