import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { areaCode, location } from '../values.js';

export const deviceProfile = z.strictObject({
  name: z.string().min(1).max(200),
  /** e.g. `temperature`, `combustible-gas`, `manhole`; see the demo's twelve kinds. */
  kind: z.string().min(1).max(60),
  areaCode,
  location: location.nullable(),
});
export type DeviceProfile = z.infer<typeof deviceProfile>;

export const deviceRegisteredV1 = defineEvent(
  'sensor-ingestion',
  'DeviceRegistered',
  1,
  deviceProfile.extend({ deviceId: z.uuid() }),
);
export type DeviceRegistered = EventOf<typeof deviceRegisteredV1>;
