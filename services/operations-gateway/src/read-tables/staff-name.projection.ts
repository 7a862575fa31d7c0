import { staffChangedV1, staffRegisteredV1, TOPICS } from '@brain/contracts';
import { createEventCodec, type Projection } from '@brain/event-store';

const codec = createEventCodec([staffRegisteredV1, staffChangedV1]);

/** Names of staff, for the assignee of a case. */
export const staffNameProjection: Projection = {
  name: 'staff-name',
  tables: ['staff_name'],
  types: codec.types,
  from: { topics: [TOPICS.gridEvents] },
  async apply(sql, stored) {
    const { staffId, name } = codec.decode(stored).data;
    await sql.query(
      'INSERT INTO staff_name (staff_id, name) VALUES ($1, $2) ON CONFLICT (staff_id) DO UPDATE SET name = excluded.name',
      [staffId, name],
    );
  },
};
