import { coversArea, type Actor } from '@brain/auth';
import { DomainError, type StaffView } from '@brain/contracts';

/** Everybody sees themselves and the people of their areas; refuses with AREA_OUT_OF_SCOPE. */
export function requireVisible(person: StaffView, actor: Actor): StaffView {
  if (actor.staffId === person.staffId || person.areaCodes.some((code) => coversArea(actor, code))) return person;
  throw new DomainError('AREA_OUT_OF_SCOPE', 'This person works outside your areas');
}
