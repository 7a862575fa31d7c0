import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { notPersonal } from '../personal-data/personal-mark.js';
import { areaCode, code, location } from '../values.js';

/** A device is named after its place and its work. Whom a worn device belongs to is not recorded yet: see the service's README. */
export function deviceText<Schema extends z.ZodType>(schema: Schema): Schema {
  return notPersonal(schema, 'a device is named after its place');
}

export const deviceProfile = z.strictObject({
  name: deviceText(z.string().min(1).max(200)),
  /** e.g. `temperature`, `combustible-gas`, `manhole`; see the demo's twelve kinds. */
  kind: code.min(1).max(60),
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
