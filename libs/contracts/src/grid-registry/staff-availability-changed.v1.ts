import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { availability, instant } from '../values.js';

export const staffAvailabilityChangedV1 = defineEvent(
  'grid-registry',
  'StaffAvailabilityChanged',
  1,
  z.strictObject({ staffId: z.uuid(), availability, at: instant }),
);
export type StaffAvailabilityChanged = EventOf<typeof staffAvailabilityChangedV1>;
