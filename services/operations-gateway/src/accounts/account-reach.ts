import { coversArea, EVERYWHERE, requireArea, type Actor } from '@brain/auth';
import { DomainError } from '@brain/contracts';

/**
 * An account is managed by somebody whose areas contain all of its areas. One without areas belongs to the whole
 * installation, as one of all areas does: only somebody of the whole installation manages it.
 */
export function reaches(actor: Actor, areaCodes: readonly string[]): boolean {
  if (actor.areaCodes.includes(EVERYWHERE)) return true;
  return areaCodes.length > 0 && areaCodes.every((code) => coversArea(actor, code));
}

/** @throws DomainError AREA_OUT_OF_SCOPE */
export function requireReach(actor: Actor, areaCodes: readonly string[]): void {
  if (reaches(actor, areaCodes)) return;
  for (const code of areaCodes) requireArea(actor, code);
  throw new DomainError('AREA_OUT_OF_SCOPE', 'An account without areas is managed by somebody of the whole installation', [
    { path: 'areaCodes', message: 'are none, which only somebody of the whole installation can give or manage' },
  ]);
}
