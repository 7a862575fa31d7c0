import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { deviceProfile } from './device-registered.v1.js';

/** The whole profile as it now is. */
export const deviceChangedV1 = defineEvent(
  'sensor-ingestion',
  'DeviceChanged',
  1,
  deviceProfile.extend({ deviceId: z.uuid() }),
);
export type DeviceChanged = EventOf<typeof deviceChangedV1>;
