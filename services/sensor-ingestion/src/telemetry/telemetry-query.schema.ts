import { parseBucket } from '@brain/time-series';
import { z } from 'zod';

const DAY_MS = 86_400_000;
export const MAX_ROWS = 10_000;

/** ISO 8601 with an offset or Z, or milliseconds since 1970 → milliseconds. */
const time = z.union([z.string().regex(/^\d{1,14}$/).transform(Number), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))]);

export const timeRange = { from: time.optional(), to: time.optional() };

export const telemetryQuery = z.object({
  metric: z.string().min(1).max(200),
  ...timeRange,
  bucket: z
    .string()
    .transform((text, context) => {
      const ms = parseBucket(text);
      if (ms !== undefined) return ms;
      context.addIssue('must be whole minutes, hours or days, like 1m, PT15M, 1h or 1d');
      return z.NEVER;
    })
    .optional(),
  limit: z.coerce.number().int().min(1).max(MAX_ROWS).default(5_000),
});
export type TelemetryQuery = z.infer<typeof telemetryQuery>;

/** The last day, or the day before `to`, when not said otherwise. */
export function rangeOf({ from, to }: { readonly from?: number | undefined; readonly to?: number | undefined }, now: number) {
  const end = to ?? now + 1;
  return { from: from ?? end - DAY_MS, to: end };
}
