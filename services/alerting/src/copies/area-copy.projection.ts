import { TOPICS, areaRegisteredV1, areaRenamedV1 } from '@brain/contracts';
import { createEventCodec, type Projection } from '@brain/event-store';

const codec = createEventCodec([areaRegisteredV1, areaRenamedV1]);

export const areaCopyProjection: Projection = {
  name: 'area-copy',
  tables: ['area_copy'],
  types: codec.types,
  from: { topics: [TOPICS.gridEvents] },
  async apply(sql, stored) {
    const { code, name } = codec.decode(stored).data;
    await sql.query(
      'INSERT INTO area_copy (code, name) VALUES ($1, $2) ON CONFLICT (code) DO UPDATE SET name = excluded.name',
      [code, name],
    );
  },
};
