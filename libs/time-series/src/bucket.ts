import { DomainError } from '@brain/contracts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const UNIT_MS = { m: MINUTE_MS, h: HOUR_MS, d: DAY_MS } as const;
const SHORT = /^([1-9]\d{0,4})([mhd])$/;
const ISO = /^P(?:([1-9]\d{0,4})D|T([1-9]\d{0,4})([HM]))$/;

/** `1m`, `15m`, `1h`, `1d` or the ISO 8601 forms `PT1M`, `PT1H`, `P1D` → milliseconds; undefined when it is neither. */
export function parseBucket(text: string): number | undefined {
  const short = SHORT.exec(text);
  if (short) return Number(short[1]) * UNIT_MS[short[2] as keyof typeof UNIT_MS];
  const iso = ISO.exec(text);
  if (!iso) return undefined;
  return iso[1] === undefined ? Number(iso[2]) * UNIT_MS[iso[3] === 'H' ? 'h' : 'm'] : Number(iso[1]) * DAY_MS;
}

/** The coarsest rollup a bucket can be put together from. */
export function rollupFor(bucketMs: number): 'minute' | 'hour' | 'day' {
  if (!Number.isInteger(bucketMs / MINUTE_MS) || bucketMs <= 0) {
    throw new DomainError('BUCKET_NOT_SUPPORTED', 'A bucket is a whole number of minutes, hours or days', [
      { path: 'bucket', message: 'must be whole minutes, like 1m, PT15M, 1h or 1d' },
    ]);
  }
  if (bucketMs % DAY_MS === 0) return 'day';
  return bucketMs % HOUR_MS === 0 ? 'hour' : 'minute';
}
