import { coversArea, hasRole, outOfSight, requireArea, requireInSight, requireRole, type Actor } from '@brain/auth';
import { CASE_REPORTERS, DomainError, ROLES_OF_CASE_COMMAND, type CaseCommandName, type CaseSource } from '@brain/contracts';
import type { CaseActor } from './domain/case.commands.js';
import { caseUnknown } from './domain/case-transitions.js';
import { assigneeUnknown, isResponsible, type StaffOnHand } from './domain/dispatch-rule.js';
import { DISPATCH_RULE } from './domain/case.evolve.js';
import type { CaseRecord } from './domain/case.record.js';

/** The dispatch rule acts with an operator's rights everywhere. */
export const dispatchRuleActor: CaseActor = { id: DISPATCH_RULE, staffId: null, operator: true };

/** May this person give this command for a case of this area? Whether the case is theirs, the decision says. */
export function actorFor(command: CaseCommandName, actor: Actor, { areaCode }: Pick<CaseRecord, 'areaCode'>): CaseActor {
  const roles = ROLES_OF_CASE_COMMAND[command];
  requireRole(actor, ...roles);
  const operator = hasRole(actor, 'operator') && coversArea(actor, areaCode);
  // A worker may hold a case outside the areas of the account: the assignment is the permission.
  if (!operator && !(roles.includes('grid-worker') && hasRole(actor, 'grid-worker'))) requireArea(actor, areaCode);
  return { id: actor.id, staffId: actor.staffId, operator };
}

/** Operators report from every source, grid workers what they see on patrol; both within their areas. */
export function requireMayReport(actor: Actor, areaCode: string, source: CaseSource): void {
  requireRole(actor, ...CASE_REPORTERS);
  if (!hasRole(actor, 'operator') && source.kind !== 'patrol') {
    throw new DomainError('ROLE_NOT_ALLOWED', 'A grid worker reports what was seen on patrol', [
      { path: 'source.kind', message: 'must be patrol' },
    ]);
  }
  requireArea(actor, areaCode);
}

/** Everybody sees the cases of their areas, and workers those assigned to them; for anybody else there is no such case. */
export function requireMayRead(actor: Actor, record: Pick<CaseRecord, 'areaCode' | 'assignee'>): void {
  if (actor.staffId !== null && record.assignee === actor.staffId) return;
  requireInSight(actor, record.areaCode, caseUnknown());
}

/** Somebody who works neither for the case nor anywhere in the actor's areas is nobody they know of. Refuses with STAFF_UNKNOWN. */
export function requireKnownAssignee(actor: Actor, areaCode: string, person: Pick<StaffOnHand, 'roles' | 'areaCodes'> | undefined): void {
  if (person === undefined) throw assigneeUnknown();
  if (isResponsible(areaCode, person) || person.areaCodes.some((code) => coversArea(actor, code))) return;
  throw outOfSight(assigneeUnknown(), person.areaCodes[0]);
}
