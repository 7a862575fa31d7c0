import { areaRegisteredV1, areaRenamedV1, TOPICS } from '@brain/contracts';
import { createEventCodec, type Projection } from '@brain/event-store';

const codec = createEventCodec([areaRegisteredV1, areaRenamedV1]);

/** Own copy of the areas that exist. */
export const areaRegisterProjection: Projection = {
  name: 'area-register',
  tables: ['areas'],
  types: codec.types,
  from: { topics: [TOPICS.gridEvents] },
  async apply(sql, stored) {
    const event = codec.decode(stored);
    switch (event.type) {
      case 'AreaRegistered':
        await sql.query(
          `INSERT INTO areas (code, kind, name) VALUES ($1, $2, $3)
           ON CONFLICT (code) DO UPDATE SET kind = excluded.kind, name = excluded.name`,
          [event.data.code, event.data.kind, event.data.name],
        );
        return;
      case 'AreaRenamed':
        await sql.query('UPDATE areas SET name = $2 WHERE code = $1', [event.data.code, event.data.name]);
    }
  },
};
