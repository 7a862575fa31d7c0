import { z } from 'zod';
import { anyInstant, areaCode } from '@brain/contracts';

const word = z.string().min(1).max(200);
const id = z.uuid().transform((value) => value.toLowerCase());
const MOST_CHOICES = 20;

/** One or several, with commas between. */
const several = z
  .string()
  .min(1)
  .max(2_000)
  .transform((text) => text.split(',').map((part) => part.trim()).filter((part) => part !== ''))
  .pipe(z.array(word).min(1).max(MOST_CHOICES));

/** What people search the record by; all that is given must hold. */
export const auditFilter = z.strictObject({
  /** When it happened: inclusive from, exclusive to. */
  from: anyInstant.optional(),
  to: anyInstant.optional(),
  /** Wire names. */
  type: several.optional(),
  /** The stream. */
  subject: word.optional(),
  area: areaCode.optional(),
  /** Who did it. */
  actor: word.optional(),
  /** Who did it or whom it concerns: account ids or staff ids, any of them. */
  person: several.optional(),
  /** By its id or its number. */
  case: word.optional(),
  alert: id.optional(),
  device: id.optional(),
  /** Everything of one request or reading. */
  correlation: word.optional(),
  /** Words of the event's data. */
  q: z.string().max(200).regex(/[\p{L}\p{N}]/u, 'has no word to look for').optional(),
});
export type AuditFilter = z.infer<typeof auditFilter>;
