import { TOPICS, wearerForgottenV1 } from '@brain/contracts';
import { createEventCodec, type Projection } from '@brain/event-store';

const codec = createEventCodec([wearerForgottenV1]);

/** Of whom, as whoever keeps readings says, none is kept any more. */
export const forgottenWearerProjection: Projection = {
  name: 'forgotten-wearer',
  tables: ['forgotten_wearer'],
  types: codec.types,
  from: { topics: [TOPICS.deviceEvents] },
  async apply(sql, stored) {
    await sql.query('INSERT INTO forgotten_wearer (wearer_id) VALUES ($1) ON CONFLICT DO NOTHING', [codec.decode(stored).data.wearerId]);
  },
};
