import { Injectable } from '@nestjs/common';
import { DomainError, isWithinArea } from '@brain/contracts';
import { Database } from '@brain/service-kit';

/** Who works where, from our copy of the register. */
@Injectable()
export class StaffCopies {
  constructor(private readonly database: Database) {}

  /** @throws DomainError STAFF_UNKNOWN, STAFF_NOT_RESPONSIBLE */
  async requireResponsible(staffId: string, areaCode: string): Promise<void> {
    const [person] = await this.database.query<{ areas: readonly string[] }>(
      'SELECT area_codes AS areas FROM staff_copy WHERE staff_id = $1',
      [staffId],
    );
    if (person === undefined) throw refused('STAFF_UNKNOWN', 'is not a registered staff member');
    if (person.areas.some((scope) => isWithinArea(areaCode, scope))) return;
    throw refused('STAFF_NOT_RESPONSIBLE', `does not work in area ${areaCode}`);
  }
}

function refused(code: string, message: string): DomainError {
  return new DomainError(code, `The assignee ${message}`, [{ path: 'assigneeId', message }]);
}
