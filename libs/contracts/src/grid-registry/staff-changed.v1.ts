import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { staffProfile } from './staff-registered.v1.js';

/** The whole profile as it now is. */
export const staffChangedV1 = defineEvent(
  'grid-registry',
  'StaffChanged',
  1,
  staffProfile.extend({ staffId: z.uuid() }),
);
export type StaffChanged = EventOf<typeof staffChangedV1>;
