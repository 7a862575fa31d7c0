import { z } from 'zod';
import { ERASED, personalIfKnown } from '../personal-data/personal-mark.js';
import { reading, type Reading } from '../telemetry/telemetry-message.v1.js';
import { location } from '../values.js';

/** Beside `wearerId`: a text about a device, and about its wearer when it has one. */
export function wornText(schema: z.ZodString): z.ZodString {
  return personalIfKnown(schema, 'person', 'wearerId', ERASED);
}

/** Beside `wearerId`: where the device is, and with it its wearer. */
export const wornLocation = () => personalIfKnown(location.nullable(), 'person', 'wearerId', null);

/** What is left of a reading when its wearer is erased. */
export const ERASED_READING: Reading = { ts: 0, values: {} };

/** Beside `wearerId`: what a device measured, on its wearer when it has one. */
export const wornReading = () => personalIfKnown(z.object(reading.shape), 'person', 'wearerId', ERASED_READING);
