import type { Projection } from '@brain/event-store';
import { publishedEventTypes } from './published-event-types.js';

/** All events of all services. Only audit reads the whole store: its subject is the store itself. */
export const auditEventProjection: Projection = {
  name: 'audit-event',
  tables: ['audit_event'],
  types: publishedEventTypes,
  from: 'store',
  async apply(sql, { position, eventId, type, streamId, revision, metadata, recordedAt, data }) {
    await sql.query(
      `INSERT INTO audit_event (position, event_id, type, stream_id, revision, source, area_code, actor_type, actor_id,
                                time, recorded_at, correlation_id, causation_id, data)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        position,
        eventId,
        type,
        streamId,
        revision,
        metadata.source,
        metadata.areaCode ?? null,
        metadata.actor.type,
        metadata.actor.id,
        metadata.time,
        recordedAt,
        metadata.correlationId,
        metadata.causationId,
        JSON.stringify(data),
      ],
    );
  },
};
