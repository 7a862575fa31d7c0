import { TOPICS } from '@brain/contracts';
import type { Projection } from '@brain/event-store';
import { outcomeCodec } from './outcome-events.codec.js';

/** Own copy of the evidence, event by event, so that every number can name what it was computed from. */
export const caseEventsProjection: Projection = {
  name: 'case-events',
  tables: ['case_events'],
  types: outcomeCodec.types,
  from: { topics: [TOPICS.caseEvents] },
  async apply(sql, stored) {
    const event = outcomeCodec.decode(stored);
    await sql.query(
      `INSERT INTO case_events (case_id, revision, event_id, type, position, recorded_at, area_code, data)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (case_id, revision) DO NOTHING`,
      [
        event.data.caseId,
        stored.revision,
        stored.eventId,
        stored.type,
        stored.position,
        stored.recordedAt,
        event.type === 'CaseReported' ? event.data.areaCode : null,
        JSON.stringify(stored.data),
      ],
    );
  },
};
