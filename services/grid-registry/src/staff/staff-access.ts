import { coversArea, hasRole, outOfSight, type Actor } from '@brain/auth';
import { READERS, type StaffView } from '@brain/contracts';
import { staffUnknown } from './domain/staff.decider.js';

/** Everybody sees themselves; readers of staff the people of their areas. Refuses with STAFF_UNKNOWN. */
export function requireVisible(person: StaffView, actor: Actor): StaffView {
  if (actor.staffId === person.staffId) return person;
  if (hasRole(actor, ...READERS.staff) && person.areaCodes.some((code) => coversArea(actor, code))) return person;
  throw outOfSight(staffUnknown(), person.areaCodes[0]);
}
