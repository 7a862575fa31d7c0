import type { StoredEvent } from '@brain/contracts';
import type { Projection } from '@brain/event-store';
import { erasedSubjectOf, eraseSubject, withoutErased } from './erased-people.js';
import { idsOf, noneAsNull, wordsOf } from './event-words.js';
import { publishedEventTypes } from './published-event-types.js';

/** All events of all services. Only audit reads the whole store: its subject is the store itself. */
export const auditEventProjection: Projection = {
  name: 'audit-event',
  tables: ['audit_event'],
  types: publishedEventTypes,
  from: 'store',
  async apply(sql, stored) {
    const event = await withoutErased(sql, stored);
    const { position, eventId, type, streamId, revision, metadata, recordedAt, data } = event;
    await sql.query(
      `INSERT INTO audit_event (position, event_id, type, stream_id, revision, source, area_code, actor_type, actor_id,
                                time, recorded_at, correlation_id, causation_id, data, mentions, words, address)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, array_to_tsvector($16::text[]), $17)`,
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
        noneAsNull(mentionsOf(event)),
        noneAsNull(wordsOf(data)),
        metadata.address ?? null,
      ],
    );
    const subject = erasedSubjectOf(event);
    if (subject !== undefined) await eraseSubject(sql, subject);
  },
};

/** The stream's own id and the actor's are in columns of their own. */
function mentionsOf({ streamId, metadata, data }: StoredEvent): readonly string[] {
  return idsOf(data).filter((id) => id !== metadata.actor.id && !streamId.endsWith(id));
}
