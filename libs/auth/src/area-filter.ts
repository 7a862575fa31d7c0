import { EVERYWHERE, type Actor } from './actor.js';

/**
 * The areas a query may show this actor: a list of codes to match by prefix (empty: nothing), or 'all' when the
 * scope is everywhere and no area condition belongs in the query.
 */
export function areaFilter(actor: Actor): readonly string[] | 'all' {
  return actor.areaCodes.includes(EVERYWHERE) ? 'all' : actor.areaCodes;
}
