import { areaFilter, type Actor } from '@brain/auth';

/** Codes nest by prefix. $n is a text[] of scopes, or null for everywhere; `isWithinArea` in SQL. */
export const withinAreas = (column: string, n: number) => `($${String(n)}::text[] IS NULL OR EXISTS (
  SELECT FROM unnest($${String(n)}::text[]) AS scope
  WHERE ${column} = scope OR (starts_with(${column}, scope) AND (length(scope) < 15 OR substr(${column}, length(scope) + 1, 1) = '-'))))`;

/** The parameter for `withinAreas`. */
export function scopesOf(actor: Actor): readonly string[] | null {
  const areas = areaFilter(actor);
  return areas === 'all' ? null : areas;
}
