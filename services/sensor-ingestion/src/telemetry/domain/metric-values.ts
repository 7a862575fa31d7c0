import type { MetricValue } from '@brain/contracts';
import { Refusal } from './refusal.js';

const MAX_NAME = 200;
/** As ThingsBoard casts text: an optional minus, digits, at most one point, no exponent. "NaN" stays text. */
const NUMBER_TEXT = /^-?(\d+|\d*\.\d+)$/;
const MAX_DECIMALS = 16;
const HALF_CHARACTER = /\p{Surrogate}/u;
const CONTROL = /\p{Cc}/u;

/** The metrics of one object of a telemetry payload. null is "no value" and left out. */
export function metricValues(object: object, path: string): Readonly<Record<string, MetricValue>> {
  const values: [string, MetricValue][] = [];
  for (const [name, given] of Object.entries(object) as [string, unknown][]) {
    const at = path === '' ? name : `${path}.${name}`;
    requireName(name, at);
    const value = metricValue(given, at);
    if (value !== null) values.push([name, value]);
  }
  return Object.fromEntries(values);
}

function requireName(name: string, path: string): void {
  const bad = name === '' || name.length > MAX_NAME || name === '__proto__' || CONTROL.test(name) || HALF_CHARACTER.test(name);
  if (bad) throw new Refusal('METRIC_NAME_INVALID', `A metric name has 1 to ${MAX_NAME} printable characters`, path);
}

function metricValue(given: unknown, path: string): MetricValue | null {
  switch (typeof given) {
    case 'number':
      return finite(given, path);
    case 'boolean':
      return given;
    case 'string':
      return castText(given, path);
    case 'object':
      return given === null ? null : jsonText(given, path);
    case 'bigint':
    case 'function':
    case 'symbol':
    case 'undefined':
      throw new Refusal('VALUE_INVALID', 'This is not a JSON value', path);
  }
}

function finite(value: number, path: string): number {
  if (Number.isFinite(value)) return value;
  throw new Refusal('VALUE_NOT_FINITE', 'The number is too large to be kept', path);
}

/** Text that a number cannot hold exactly (beyond 2^53, more than 16 decimals) stays text. */
function castText(text: string, path: string): MetricValue {
  // PostgreSQL text holds neither.
  if (text.includes('\0') || HALF_CHARACTER.test(text)) throw new Refusal('VALUE_INVALID', 'The text has a NUL or half a character in it', path);
  if (!NUMBER_TEXT.test(text)) return text;
  const value = Number(text);
  const [, decimals] = text.split('.');
  const isExact = decimals === undefined ? Number.isSafeInteger(value) : decimals.length <= MAX_DECIMALS && Number.isFinite(value);
  return isExact ? value : text;
}

function jsonText(given: object, path: string): string {
  try {
    return JSON.stringify(given);
  } catch {
    throw new Refusal('VALUE_INVALID', 'The value is nested too deeply', path);
  }
}
