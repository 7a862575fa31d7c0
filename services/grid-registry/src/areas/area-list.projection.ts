import type { Projection } from '@brain/event-store';
import { areaCodec } from './area.codec.js';

export const areaListProjection: Projection = {
  name: 'area-list',
  tables: ['area_list'],
  past: ['area_list'],
  types: areaCodec.types,
  from: 'store',
  async apply(sql, stored) {
    const event = areaCodec.decode(stored);
    switch (event.type) {
      case 'AreaRegistered':
        await sql.query(
          `INSERT INTO area_list (code, kind, name, parent_code, revision) VALUES ($1, $2, $3, $4, $5)`,
          [event.data.code, event.data.kind, event.data.name, event.data.parentCode, stored.revision],
        );
        return;
      case 'AreaRenamed':
        await sql.query('UPDATE area_list SET name = $2, revision = $3 WHERE code = $1', [
          event.data.code,
          event.data.name,
          stored.revision,
        ]);
        return;
      case 'AreaBoundaryDrawn':
        await sql.query('UPDATE area_list SET has_boundary = true, revision = $2 WHERE code = $1', [
          event.data.code,
          stored.revision,
        ]);
    }
  },
};
