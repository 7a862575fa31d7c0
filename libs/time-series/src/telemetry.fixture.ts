import { randomUUID } from 'node:crypto';
import type { TelemetryMessage } from '@brain/contracts';

export const DEVICE = '00000000-0000-4000-8000-000000000001';
export const NOON = Date.UTC(2026, 10, 22, 12);

/** A message as the listener makes it: own time, one temperature at noon. */
export function telemetry(given: Partial<TelemetryMessage> = {}): TelemetryMessage {
  const messageId = randomUUID();
  return {
    messageId,
    deviceId: DEVICE,
    kind: 'temperature',
    areaCode: '440305001001',
    receivedAt: NOON,
    correlationId: messageId,
    ownTime: true,
    resent: false,
    messageKey: messageId,
    readings: [{ ts: NOON, values: { temperature: 20 } }],
    ...given,
  };
}
