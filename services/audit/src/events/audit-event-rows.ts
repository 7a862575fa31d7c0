import type { StoredEvent } from '@brain/contracts';
import type { InsertedRows } from '@brain/event-store';
import { erasedSubjectOf, eraseSubject, withoutErased } from './erased-people.js';
import { idsOf, wordsAsVector, wordsOf } from './event-words.js';

export const auditEventRows: InsertedRows = {
  table: 'audit_event',
  columns: {
    position: 'text',
    event_id: 'uuid',
    type: 'text',
    stream_id: 'text',
    revision: 'bigint',
    source: 'text',
    area_code: 'text',
    actor_type: 'text',
    actor_id: 'text',
    time: 'timestamptz',
    recorded_at: 'timestamptz',
    correlation_id: 'text',
    causation_id: 'text',
    data: 'jsonb',
    mentions: 'uuid[]',
    words: 'tsvector',
    address: 'text',
  },
  values(stored) {
    const { position, eventId, type, streamId, revision, recordedAt, metadata, data } = stored;
    const { source, areaCode = null, actor, time, correlationId, causationId, address = null } = metadata;
    const mentions = mentionsOf(stored);
    return [
      ...[position, eventId, type, streamId, revision, source, areaCode, actor.type, actor.id],
      ...[time, recordedAt, correlationId, causationId, JSON.stringify(data)],
      ...[mentions.length === 0 ? null : `{${mentions.join(',')}}`, wordsAsVector(wordsOf(data)), address],
    ];
  },
  without: withoutErased,
  erasure: {
    hasRow: true,
    isOf: (stored) => erasedSubjectOf(stored) !== undefined,
    async erase(sql, stored) {
      const subject = erasedSubjectOf(stored);
      if (subject !== undefined) await eraseSubject(sql, subject);
    },
  },
};

/** The stream's own id and the actor's are in columns of their own. */
function mentionsOf({ streamId, metadata, data }: StoredEvent): readonly string[] {
  return idsOf(data).filter((id) => id !== metadata.actor.id && !streamId.endsWith(id));
}
