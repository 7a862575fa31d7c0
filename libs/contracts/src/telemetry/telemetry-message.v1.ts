import { z } from 'zod';
import { personalIfKnown } from '../personal-data/personal-mark.js';
import { areaCode, wearerId } from '../values.js';

/** A metric's value as devices send it. Objects and arrays are kept as JSON text. */
export const metricValue = z.union([z.number(), z.string(), z.boolean()]);
export type MetricValue = z.infer<typeof metricValue>;

/** One instant of one device; `ts` is milliseconds since the epoch, in the device's time when it gave one. */
export const reading = z.object({ ts: z.int(), values: z.record(z.string(), metricValue) });
export type Reading = z.infer<typeof reading>;

/**
 * One accepted MQTT publish, as it travels on `telemetry.readings`. A reading is not an event.
 * `ownTime` is false when the device gave no time and `ts` is ours; then `resent` (the MQTT DUP flag)
 * and `messageKey` (hash of client, packet id and payload) tell a resend from a new reading.
 */
export const telemetryMessage = z.object({
  messageId: z.uuid(),
  deviceId: z.uuid(),
  kind: z.string(),
  areaCode,
  receivedAt: z.int(),
  correlationId: z.string(),
  ownTime: z.boolean(),
  resent: z.boolean(),
  messageKey: z.string(),
  wearerId,
  /** Encrypted on the bus under the wearer, if there is one; none once the wearer is erased. */
  readings: personalIfKnown(z.array(reading), 'person', 'wearerId', []),
});
export type TelemetryMessage = z.infer<typeof telemetryMessage>;
