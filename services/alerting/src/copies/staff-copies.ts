import { Injectable } from '@nestjs/common';
import { coversArea, outOfSight, type Actor } from '@brain/auth';
import { DomainError, isWithinArea } from '@brain/contracts';
import { Database } from '@brain/service-kit';

/** Who works where, from our copy of the register. */
@Injectable()
export class StaffCopies {
  constructor(private readonly database: Database) {}

  /** Who works neither there nor anywhere in the actor's areas is nobody they know of. @throws DomainError STAFF_UNKNOWN, STAFF_NOT_RESPONSIBLE */
  async requireResponsible(staffId: string, areaCode: string, actor: Actor): Promise<void> {
    const [person] = await this.database.query<{ areas: readonly string[] }>(
      'SELECT area_codes AS areas FROM staff_copy WHERE staff_id = $1',
      [staffId],
    );
    const unknown = refused('STAFF_UNKNOWN', 'is not a registered staff member');
    if (person === undefined) throw unknown;
    if (person.areas.some((scope) => isWithinArea(areaCode, scope))) return;
    if (!person.areas.some((scope) => coversArea(actor, scope))) throw outOfSight(unknown, person.areas[0]);
    throw refused('STAFF_NOT_RESPONSIBLE', `does not work in area ${areaCode}`);
  }
}

function refused(code: string, message: string): DomainError {
  return new DomainError(code, `The assignee ${message}`, [{ path: 'assigneeId', message }]);
}
