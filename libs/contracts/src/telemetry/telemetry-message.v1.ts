import { z } from 'zod';
import { notPersonal } from '../personal-data/personal-mark.js';
import { areaCode } from '../values.js';

/** A metric's value as devices send it. Objects and arrays are kept as JSON text. */
export const metricValue = z.union([z.number(), z.string(), z.boolean()]);
export type MetricValue = z.infer<typeof metricValue>;

/** One instant of one device; `ts` is milliseconds since the epoch, in the device's time when it gave one. */
export const reading = notPersonal(z.object({ ts: z.int(), values: z.record(z.string(), metricValue) }), 'measured by a device that is not known to belong to a person');
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
  readings: z.array(reading).min(1),
});
export type TelemetryMessage = z.infer<typeof telemetryMessage>;
