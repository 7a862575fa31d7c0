import { anyInstant, PAST_AXES } from '@brain/contracts';
import { z } from 'zod';

const MOST = 2_000;
const WINDOW_MS = 7 * 24 * 3_600_000;

export const pastChangesQuery = z
  .object({
    from: anyInstant,
    to: anyInstant,
    as: z.enum(PAST_AXES).default('recorded'),
    limit: z.coerce.number().int().min(1).max(MOST).default(500),
    cursor: z.string().max(500).optional(),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'is not before from' })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= WINDOW_MS, { path: ['to'], message: 'is at most 7 days after from' });
export type PastChangesQuery = z.infer<typeof pastChangesQuery>;
