import type { ClientBase } from 'pg';
import type { StoredEvent } from '@brain/contracts';
import { idsOf, noneAsNull, wordsOf } from './event-words.js';

/** Many rows in one statement. Lists are told as one text with spaces between: neither ids nor words have any. */
const INSERT = `
  INSERT INTO audit_event (position, event_id, type, stream_id, revision, source, area_code, actor_type, actor_id,
                           time, recorded_at, correlation_id, causation_id, data, mentions, words, address)
  SELECT position, event_id, type, stream_id, revision, source, area_code, actor_type, actor_id,
         time, recorded_at, correlation_id, causation_id, data, string_to_array(mentions, ' ')::uuid[], array_to_tsvector(string_to_array(words, ' ')), address
  FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[],
              $10::timestamptz[], $11::timestamptz[], $12::text[], $13::text[], $14::jsonb[], $15::text[], $16::text[], $17::text[])
    AS new (position, event_id, type, stream_id, revision, source, area_code, actor_type, actor_id,
            time, recorded_at, correlation_id, causation_id, data, mentions, words, address)`;

export async function insertEvents(sql: ClientBase, events: readonly StoredEvent[]): Promise<void> {
  if (events.length === 0) return;
  await sql.query(INSERT, [
    events.map(({ position }) => position),
    events.map(({ eventId }) => eventId),
    events.map(({ type }) => type),
    events.map(({ streamId }) => streamId),
    events.map(({ revision }) => revision),
    events.map(({ metadata }) => metadata.source),
    events.map(({ metadata }) => metadata.areaCode ?? null),
    events.map(({ metadata }) => metadata.actor.type),
    events.map(({ metadata }) => metadata.actor.id),
    events.map(({ metadata }) => metadata.time),
    events.map(({ recordedAt }) => recordedAt),
    events.map(({ metadata }) => metadata.correlationId),
    events.map(({ metadata }) => metadata.causationId),
    events.map(({ data }) => JSON.stringify(data)),
    events.map((event) => noneAsNull(mentionsOf(event))?.join(' ') ?? null),
    events.map(({ data }) => noneAsNull(wordsOf(data))?.join(' ') ?? null),
    events.map(({ metadata }) => metadata.address ?? null),
  ]);
}

/** The stream's own id and the actor's are in columns of their own. */
function mentionsOf({ streamId, metadata, data }: StoredEvent): readonly string[] {
  return idsOf(data).filter((id) => id !== metadata.actor.id && !streamId.endsWith(id));
}
