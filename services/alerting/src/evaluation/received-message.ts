import { telemetryMessage, type TelemetryMessage } from '@brain/contracts';
import type { DeliveredRecord } from '@brain/message-bus';

/** Readings with the trace they came in. */
export type ReceivedMessage = TelemetryMessage & { readonly traceparent?: string };

export function receivedMessage({ value, headers: { traceparent } }: DeliveredRecord): ReceivedMessage {
  return { ...telemetryMessage.parse(value), ...(traceparent === undefined ? {} : { traceparent }) };
}
