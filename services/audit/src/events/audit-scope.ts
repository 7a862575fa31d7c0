import { areaFilter, coversArea, hasRole, outOfSight, type Actor } from '@brain/auth';
import { DomainError } from '@brain/contracts';

const COUNTY_DIGITS = 6;

/** What an actor may read: events of these areas (null: all), and whether those that belong to no area. */
export interface AuditScope {
  readonly areas: readonly string[] | null;
  readonly withoutArea: boolean;
}

/**
 * Events without an area (rules, schemes …) concern everybody under them: auditors of a county or of everywhere
 * read them, auditors of a smaller area and evaluators do not.
 */
export function auditScopeOf(actor: Actor): AuditScope {
  const areas = areaFilter(actor);
  const isWide = areas === 'all' || areas.some((code) => code.length === COUNTY_DIGITS);
  return { areas: areas === 'all' ? null : areas, withoutArea: isWide && hasRole(actor, 'auditor') };
}

export function isReadable(actor: Actor, areaCode: string | null): boolean {
  return areaCode === null ? auditScopeOf(actor).withoutArea : coversArea(actor, areaCode);
}

/** Of an area that a search names. @throws DomainError AREA_OUT_OF_SCOPE */
export function requireReadable(actor: Actor, areaCode: string): void {
  if (isReadable(actor, areaCode)) return;
  throw new DomainError('AREA_OUT_OF_SCOPE', 'This is outside your areas', [{ path: 'area', message: 'is outside your areas' }]);
}

/** Of one event; undefined: there is none. For whoever may not read it there is none either. @throws DomainError EVENT_NOT_FOUND */
export function requireReadableEvent<Event extends { readonly areaCode: string | null }>(actor: Actor, event: Event | undefined): Event {
  const notFound = new DomainError('EVENT_NOT_FOUND', 'There is no such event');
  if (event === undefined) throw notFound;
  if (!isReadable(actor, event.areaCode)) throw outOfSight(notFound, event.areaCode ?? undefined);
  return event;
}
