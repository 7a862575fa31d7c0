import { personErasedV1, TOPICS } from '@brain/contracts';
import { createEventCodec, type Projection } from '@brain/event-store';

const codec = createEventCodec([personErasedV1]);
const PERSON = 'person:';

/** People who are to be forgotten. */
export const erasedPersonProjection: Projection = {
  name: 'erased-person',
  tables: ['erased_person'],
  types: codec.types,
  from: { topics: [TOPICS.gridEvents] },
  async apply(sql, stored) {
    const { subject, at } = codec.decode(stored).data;
    if (!subject.startsWith(PERSON)) return;
    await sql.query('INSERT INTO erased_person (person_id, area_code, decided_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
      subject.slice(PERSON.length),
      stored.metadata.areaCode ?? null,
      at,
    ]);
  },
};
