import { ERASED, staffChangedV1, staffErasedV1, staffRegisteredV1, TOPICS } from '@brain/contracts';
import { createEventCodec, type Projection } from '@brain/event-store';

const codec = createEventCodec([staffRegisteredV1, staffChangedV1, staffErasedV1]);

/** Own copy of how people are called. */
export const staffNamesProjection: Projection = {
  name: 'staff-names',
  tables: ['staff_names'],
  types: codec.types,
  from: { topics: [TOPICS.gridEvents] },
  async apply(sql, stored) {
    const event = codec.decode(stored);
    const name = event.type === 'StaffErased' ? ERASED : event.data.name;
    await sql.query(
      'INSERT INTO staff_names (staff_id, name) VALUES ($1, $2) ON CONFLICT (staff_id) DO UPDATE SET name = excluded.name',
      [event.data.staffId, name],
    );
  },
};
