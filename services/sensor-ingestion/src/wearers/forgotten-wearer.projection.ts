import type { Projection } from '@brain/event-store';
import { wearerCodec } from './wearer.codec.js';

/** Of whom nothing is kept any more. */
export const forgottenWearerProjection: Projection = {
  name: 'forgotten-wearer',
  tables: ['forgotten_wearer'],
  types: wearerCodec.types,
  from: 'store',
  async apply(sql, stored) {
    const { wearerId, at } = wearerCodec.decode(stored).data;
    await sql.query('INSERT INTO forgotten_wearer (wearer_id, at) VALUES ($1, $2) ON CONFLICT DO NOTHING', [wearerId, at]);
  },
};
