import { isWithinArea, type Availability, type DispatchReason, type Role } from '@brain/contracts';
import { DomainError } from '@brain/event-store/pure';

/** What the rule knows of a person at the moment of the decision. */
export interface StaffOnHand {
  readonly staffId: string;
  readonly roles: readonly Role[];
  readonly areaCodes: readonly string[];
  readonly availability: Availability;
  readonly load: number;
}

export interface DispatchChoice {
  readonly assignee: string;
  readonly reason: DispatchReason;
}

type Candidate = DispatchReason['candidates'][number];

/** On duty and responsible for the area: nearest level first, then lowest load, then by id so that ties never vary. */
export function candidatesFor(areaCode: string, staff: readonly StaffOnHand[]): Candidate[] {
  return staff
    .filter((person) => person.availability === 'on-duty')
    .flatMap(({ staffId, load, ...person }) => {
      const nearest = nearestResponsibleArea(areaCode, person);
      return nearest === null ? [] : [{ staffId, load, areaCode: nearest }];
    })
    .sort(
      (one, other) =>
        other.areaCode.length - one.areaCode.length || one.load - other.load || (one.staffId < other.staffId ? -1 : 1),
    );
}

/** @throws DomainError NO_CANDIDATE_ON_DUTY */
export function chooseByRule(areaCode: string, staff: readonly StaffOnHand[]): DispatchChoice {
  const candidates = candidatesFor(areaCode, staff);
  const best = candidates[0];
  if (best === undefined) {
    throw new DomainError('NO_CANDIDATE_ON_DUTY', `Nobody responsible for area ${areaCode} is on duty`);
  }
  return { assignee: best.staffId, reason: { rule: 'lowest-load', candidates } };
}

/** The person an operator named, held against the same conditions. */
export function chooseByHand(assignee: string, areaCode: string, staff: readonly StaffOnHand[]): DispatchChoice {
  const person = staff.find(({ staffId }) => staffId === assignee);
  if (person === undefined) throw assigneeUnknown();
  if (!isResponsible(areaCode, person)) {
    throw refusal('STAFF_NOT_RESPONSIBLE', `is not a grid worker responsible for area ${areaCode}`);
  }
  if (person.availability !== 'on-duty') throw refusal('STAFF_NOT_ON_DUTY', `is ${person.availability}`);
  return { assignee, reason: { rule: 'manual', candidates: candidatesFor(areaCode, staff) } };
}

/** Also the answer where nobody may know of them: word by word the same. */
export function assigneeUnknown(): DomainError {
  return refusal('STAFF_UNKNOWN', 'is not a registered staff member');
}

export function isResponsible(areaCode: string, person: Pick<StaffOnHand, 'roles' | 'areaCodes'>): boolean {
  return nearestResponsibleArea(areaCode, person) !== null;
}

/** The smallest of a worker's areas that holds the case; null when none does. */
function nearestResponsibleArea(areaCode: string, person: Pick<StaffOnHand, 'roles' | 'areaCodes'>): string | null {
  if (!person.roles.includes('grid-worker')) return null;
  return person.areaCodes
    .filter((scope) => isWithinArea(areaCode, scope))
    .reduce<string | null>((nearest, scope) => (scope.length > (nearest?.length ?? 0) ? scope : nearest), null);
}

function refusal(code: string, message: string): DomainError {
  return new DomainError(code, `The assignee ${message}`, [{ path: 'assignee', message }]);
}
