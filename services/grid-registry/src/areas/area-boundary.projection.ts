import { areaBoundaryDrawnV1 } from '@brain/contracts';
import { createEventCodec, type Projection } from '@brain/event-store';
import { boundsOf } from '@brain/geo';

const codec = createEventCodec([areaBoundaryDrawnV1]);

/** Every edition of every outline, with its box for finding it by place. */
export const areaBoundaryProjection: Projection = {
  name: 'area-boundary',
  tables: ['area_boundary'],
  past: ['area_boundary'],
  types: codec.types,
  from: 'store',
  async apply(sql, stored) {
    const { code, edition, validFrom, invented, boundary } = codec.decode(stored).data;
    const { west, south, east, north } = boundsOf(boundary);
    await sql.query('UPDATE area_boundary SET valid_until = $2 WHERE code = $1 AND edition = $3', [code, validFrom, edition - 1]);
    await sql.query(
      `INSERT INTO area_boundary (code, edition, valid_from, invented, boundary, bounds)
       VALUES ($1, $2, $3, $4, $5, box(point($6, $7), point($8, $9)))`,
      [code, edition, validFrom, invented, JSON.stringify(boundary), west, south, east, north],
    );
  },
};
