import { ERASED, type StaffProfile } from '@brain/contracts';
import type { Projection } from '@brain/event-store';
import { staffCodec } from './staff.codec.js';

export const staffListProjection: Projection = {
  name: 'staff-list',
  tables: ['staff_list'],
  past: ['staff_list'],
  types: staffCodec.types,
  from: 'store',
  async apply(sql, stored) {
    const event = staffCodec.decode(stored);
    switch (event.type) {
      case 'StaffRegistered':
        await sql.query(
          `INSERT INTO staff_list (staff_id, revision, name, roles, area_codes, skills, post, availability)
           VALUES ($1, $2, $3, $4, $5, $6, $7, 'off-duty')`,
          [event.data.staffId, stored.revision, ...columnsOf(event.data)],
        );
        return;
      case 'StaffChanged':
        await sql.query(
          `UPDATE staff_list SET revision = $2, name = $3, roles = $4, area_codes = $5, skills = $6, post = $7 WHERE staff_id = $1`,
          [event.data.staffId, stored.revision, ...columnsOf(event.data)],
        );
        return;
      case 'StaffAvailabilityChanged':
        await sql.query('UPDATE staff_list SET revision = $2, availability = $3 WHERE staff_id = $1', [
          event.data.staffId,
          stored.revision,
          event.data.availability,
        ]);
        return;
      case 'StaffErased':
        await sql.query('UPDATE staff_list SET revision = $2, name = $3 WHERE staff_id = $1', [event.data.staffId, stored.revision, ERASED]);
        await sql.query('UPDATE staff_list_past SET name = $2 WHERE staff_id = $1', [event.data.staffId, ERASED]);
    }
  },
};

function columnsOf({ name, roles, areaCodes, skills, post }: StaffProfile): readonly unknown[] {
  return [name, roles, areaCodes, skills, post];
}
