import type { Projection } from '@brain/event-store';
import { erasureCodec } from './erasure.codec.js';

/** What was decided, and how far it is carried out. */
export const erasureListProjection: Projection = {
  name: 'erasure-list',
  tables: ['erasure_list'],
  types: erasureCodec.types,
  from: 'store',
  async apply(sql, stored) {
    const event = erasureCodec.decode(stored);
    switch (event.type) {
      case 'ErasureRequested':
        return;
      case 'PersonErased':
        await sql.query('INSERT INTO erasure_list (key_id, subject, decided_at, area_code) VALUES ($1, $2, $3, $4)', [
          event.data.keyId,
          event.data.subject,
          event.data.at,
          stored.metadata.areaCode ?? null,
        ]);
        return;
      case 'ErasureCarriedOut':
        await sql.query('UPDATE erasure_list SET carried_out_at = $2 WHERE key_id = $1', [event.data.keyId, event.data.at]);
    }
  },
};
