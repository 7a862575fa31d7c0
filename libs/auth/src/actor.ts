import { DomainError, isWithinArea, type Role } from '@brain/contracts';

/** An area scope that covers every area: only first accounts and the organisation's identity provider give it. */
export const EVERYWHERE = '*';

/** The person a request speaks for, from a verified token. Scope = areas; an actor without areas sees nothing. */
export interface Actor {
  /** Account id. */
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly areaCodes: readonly string[];
  /** Set when the account belongs to a registered staff member. */
  readonly staffId: string | null;
}

export function hasRole(actor: Actor, ...roles: readonly Role[]): boolean {
  return roles.some((role) => actor.roles.includes(role));
}

export function coversArea(actor: Actor, areaCode: string): boolean {
  return actor.areaCodes.some((scope) => scope === EVERYWHERE || isWithinArea(areaCode, scope));
}

/** Refuses with AREA_OUT_OF_SCOPE. */
export function requireArea(actor: Actor, areaCode: string): void {
  if (!coversArea(actor, areaCode)) {
    const refusal = new DomainError('AREA_OUT_OF_SCOPE', `Area ${areaCode} is outside your areas`, [
      { path: 'areaCode', message: 'is outside your areas' },
    ]);
    refusal.areaCode = areaCode;
    throw refusal;
  }
}

/**
 * Refuses a thing outside the actor's areas with `unknown`, which is what the answer is when there is no such thing:
 * nobody learns from a refusal that it exists. The record is told which of the two it was.
 */
export function requireInSight(actor: Actor, areaCode: string, unknown: DomainError): void {
  if (!coversArea(actor, areaCode)) throw outOfSight(unknown, areaCode);
}

/** The same refusal, where another condition than one area decides. */
export function outOfSight(unknown: DomainError, areaCode?: string): DomainError {
  unknown.recordedAs = 'AREA_OUT_OF_SCOPE';
  unknown.areaCode = areaCode;
  return unknown;
}

/** Refuses with ROLE_NOT_ALLOWED. */
export function requireRole(actor: Actor, ...roles: readonly Role[]): void {
  if (!hasRole(actor, ...roles)) {
    throw new DomainError('ROLE_NOT_ALLOWED', `This needs one of the roles: ${roles.join(', ')}`);
  }
}
