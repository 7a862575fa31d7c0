import { ERASED, staffChangedV1, staffErasedV1, staffRegisteredV1, TOPICS } from '@brain/contracts';
import { createEventCodec, type Projection } from '@brain/event-store';

const codec = createEventCodec([staffRegisteredV1, staffChangedV1, staffErasedV1]);

/** Names of staff, for the assignee of a case. */
export const staffNameProjection: Projection = {
  name: 'staff-name',
  tables: ['staff_name'],
  past: ['staff_name'],
  types: codec.types,
  from: { topics: [TOPICS.gridEvents] },
  async apply(sql, stored) {
    const event = codec.decode(stored);
    const name = event.type === 'StaffErased' ? ERASED : event.data.name;
    await sql.query(
      `INSERT INTO staff_name (staff_id, name, revision) VALUES ($1, $2, $3)
       ON CONFLICT (staff_id) DO UPDATE SET name = excluded.name, revision = excluded.revision`,
      [event.data.staffId, name, stored.revision],
    );
    if (event.type === 'StaffErased') await sql.query('UPDATE staff_name_past SET name = $2 WHERE staff_id = $1', [event.data.staffId, name]);
  },
};
