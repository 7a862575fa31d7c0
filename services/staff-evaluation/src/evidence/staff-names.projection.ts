import { staffChangedV1, staffRegisteredV1, TOPICS } from '@brain/contracts';
import { createEventCodec, type Projection } from '@brain/event-store';

const codec = createEventCodec([staffRegisteredV1, staffChangedV1]);

/** Own copy of how people are called. */
export const staffNamesProjection: Projection = {
  name: 'staff-names',
  tables: ['staff_names'],
  types: codec.types,
  from: { topics: [TOPICS.gridEvents] },
  async apply(sql, stored) {
    const { data } = codec.decode(stored);
    await sql.query(
      'INSERT INTO staff_names (staff_id, name) VALUES ($1, $2) ON CONFLICT (staff_id) DO UPDATE SET name = excluded.name',
      [data.staffId, data.name],
    );
  },
};
