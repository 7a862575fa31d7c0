import { areaFilter, type Actor } from '@brain/auth';

/**
 * SQL that holds when `column` lies in one of the areas of the text[] parameter `$n` (as `isWithinArea`: by prefix,
 * below a grid up to a `-`). A null parameter means everywhere.
 */
export function withinAreas(column: string, n: number): string {
  return `($${n}::text[] IS NULL OR EXISTS (
    SELECT 1 FROM unnest($${n}::text[]) AS scope (code)
    WHERE ${column} = scope.code OR starts_with(${column}, scope.code || CASE WHEN length(scope.code) < 15 THEN '' ELSE '-' END)))`;
}

/** The parameter for `withinAreas`: what this person may see. */
export function scopeOf(actor: Actor): readonly string[] | null {
  const areas = areaFilter(actor);
  return areas === 'all' ? null : areas;
}
