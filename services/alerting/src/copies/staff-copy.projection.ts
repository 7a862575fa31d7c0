import { TOPICS, staffChangedV1, staffRegisteredV1 } from '@brain/contracts';
import { createEventCodec, type Projection } from '@brain/event-store';

const codec = createEventCodec([staffRegisteredV1, staffChangedV1]);

export const staffCopyProjection: Projection = {
  name: 'staff-copy',
  tables: ['staff_copy'],
  types: codec.types,
  from: { topics: [TOPICS.gridEvents] },
  async apply(sql, stored) {
    const { staffId, areaCodes } = codec.decode(stored).data;
    await sql.query(
      'INSERT INTO staff_copy (staff_id, area_codes) VALUES ($1, $2) ON CONFLICT (staff_id) DO UPDATE SET area_codes = excluded.area_codes',
      [staffId, areaCodes],
    );
  },
};
