import type { Reading } from '@brain/contracts';
import { metricValues } from './metric-values.js';
import { parseJson } from './parse-json.js';
import { Refusal } from './refusal.js';

export interface TelemetryLimits {
  readonly maxPayloadBytes: number;
  readonly maxFutureMs: number;
  readonly maxAgeMs: number;
}

export interface ParsedTelemetry {
  readonly readings: readonly Reading[];
  /** Did the device give every time itself? */
  readonly ownTime: boolean;
}

/**
 * ThingsBoard device API v1, all four forms: `{metric: value}`, an array of those (one shared instant),
 * `{ts, values}`, an array of those; an array may mix them. The whole message is taken or refused.
 */
export function parseTelemetry(payload: Uint8Array, receivedAt: number, limits: TelemetryLimits): ParsedTelemetry {
  if (payload.byteLength > limits.maxPayloadBytes) {
    throw new Refusal('PAYLOAD_TOO_LARGE', `A payload has at most ${limits.maxPayloadBytes} bytes`);
  }
  const json = parseJson(payload);
  const elements = Array.isArray(json)
    ? json.map((element: unknown, index) => parseElement(element, String(index), receivedAt, limits))
    : [parseElement(json, '', receivedAt, limits)];
  const readings = elements.map(({ reading }) => reading).filter(({ values }) => Object.keys(values).length > 0);
  if (readings.length === 0) throw new Refusal('PAYLOAD_EMPTY', 'There is no value in this message');
  return { readings, ownTime: elements.every(({ ownTime }) => ownTime) };
}

function parseElement(element: unknown, path: string, receivedAt: number, limits: TelemetryLimits): { reading: Reading; ownTime: boolean } {
  const object = requireObject(element, path);
  // Only both together mean a time of its own; alone they are metrics of these names.
  if (!('ts' in object && 'values' in object)) {
    return { reading: { ts: receivedAt, values: metricValues(object, path) }, ownTime: false };
  }
  const below = (name: string) => (path === '' ? name : `${path}.${name}`);
  const values = requireObject(object.values, below('values'));
  const ts = requireTime(object.ts, below('ts'), receivedAt, limits);
  return { reading: { ts, values: metricValues(values, below('values')) }, ownTime: true };
}

function requireObject(given: unknown, path: string): object {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given;
  throw new Refusal('PAYLOAD_INVALID', 'An object with metrics is expected here', path);
}

function requireTime(given: unknown, path: string, receivedAt: number, { maxFutureMs, maxAgeMs }: TelemetryLimits): number {
  if (typeof given !== 'number' || !Number.isSafeInteger(given) || given < 0) {
    throw new Refusal('TIMESTAMP_INVALID', 'A time is a whole number of milliseconds since 1970', path);
  }
  if (given > receivedAt + maxFutureMs) {
    throw new Refusal('TIMESTAMP_IN_FUTURE', `The time is more than ${maxFutureMs / 1000} s ahead of ours`, path);
  }
  if (given < receivedAt - maxAgeMs) {
    const inSeconds = given * 1000 >= receivedAt - maxAgeMs && given * 1000 <= receivedAt + maxFutureMs;
    const hint = inSeconds ? ': it looks like seconds, a time here is in milliseconds' : '';
    throw new Refusal('TIMESTAMP_TOO_OLD', `The time is more than ${Math.round(maxAgeMs / 86_400_000)} days ago${hint}`, path);
  }
  return given;
}
