import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { areaCode, code, wearerId } from '../values.js';
import { wornLocation, wornText } from './worn-device.js';

/** With a wearer, name and place are theirs. Without, a device is named after its place and stands there. */
export const deviceProfile = z.strictObject({
  name: wornText(z.string().min(1).max(200)),
  /** e.g. `temperature`, `combustible-gas`, `manhole`; see the demo's twelve kinds. */
  kind: code.min(1).max(60),
  areaCode,
  location: wornLocation(),
  wearerId,
});
export type DeviceProfile = z.infer<typeof deviceProfile>;

export const deviceRegisteredV1 = defineEvent(
  'sensor-ingestion',
  'DeviceRegistered',
  1,
  deviceProfile.extend({ deviceId: z.uuid() }),
);
export type DeviceRegistered = EventOf<typeof deviceRegisteredV1>;
