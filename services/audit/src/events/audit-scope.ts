import { areaFilter, coversArea, hasRole, type Actor } from '@brain/auth';
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

/** @throws DomainError AREA_OUT_OF_SCOPE */
export function requireReadable(actor: Actor, areaCode: string | null): void {
  if (isReadable(actor, areaCode)) return;
  throw new DomainError('AREA_OUT_OF_SCOPE', 'This is outside your areas', [{ path: 'area', message: 'is outside your areas' }]);
}
