import { staffChangedV1, staffErasedV1, staffRegisteredV1, TOPICS } from '@brain/contracts';
import { createEventCodec, type Projection } from '@brain/event-store';

const codec = createEventCodec([staffRegisteredV1, staffChangedV1, staffErasedV1]);

/** Who is on the register of staff, and where they work. */
export const staffRegisterProjection: Projection = {
  name: 'staff-register',
  tables: ['staff_register'],
  types: codec.types,
  from: { topics: [TOPICS.gridEvents] },
  async apply(sql, stored) {
    const event = codec.decode(stored);
    const [areaCodes, erased] = event.type === 'StaffErased' ? [[], true] : [event.data.areaCodes, false];
    await sql.query(
      `INSERT INTO staff_register (staff_id, area_codes, erased, revision) VALUES ($1, $2, $3, $4)
       ON CONFLICT (staff_id) DO UPDATE
       SET area_codes = excluded.area_codes, erased = excluded.erased, revision = excluded.revision`,
      [event.data.staffId, areaCodes, erased, stored.revision],
    );
  },
};
