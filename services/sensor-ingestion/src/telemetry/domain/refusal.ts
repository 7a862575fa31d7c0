export const REFUSAL_CODES = [
  'PAYLOAD_NOT_JSON',
  'PAYLOAD_TOO_LARGE',
  'PAYLOAD_INVALID',
  'PAYLOAD_EMPTY',
  'METRIC_NAME_INVALID',
  'VALUE_NOT_FINITE',
  'VALUE_INVALID',
  'TIMESTAMP_INVALID',
  'TIMESTAMP_IN_FUTURE',
  'TIMESTAMP_TOO_OLD',
  'TOPIC_NOT_ALLOWED',
  'DEVICE_RETIRED',
  'DEVICE_UNKNOWN',
  'RATE_LIMITED',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Why a message is not taken, and which field is to blame. `path` is '' for the message as a whole. */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    readonly detail: string,
    readonly path = '',
  ) {
    super(`${code}: ${detail}`);
    this.name = 'Refusal';
  }
}
