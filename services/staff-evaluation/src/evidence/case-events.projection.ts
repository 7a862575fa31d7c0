import type { ClientBase } from 'pg';
import { caseErasedV1, subjectOf, TOPICS, type StoredEvent } from '@brain/contracts';
import { createEventCodec, erasedData, type Projection } from '@brain/event-store';
import { outcomeCodec } from './outcome-events.codec.js';

const erasedCodec = createEventCodec([caseErasedV1]);

/** Own copy of the evidence, event by event, so that every number can name what it was computed from. */
export const caseEventsProjection: Projection = {
  name: 'case-events',
  tables: ['case_events'],
  types: [...outcomeCodec.types, ...erasedCodec.types],
  from: { topics: [TOPICS.caseEvents] },
  apply: (sql, stored) => addEvents(sql, [stored]),
  applyMany: addEvents,
};

/** An erasure reaches the rows before it, so those are written first. */
async function addEvents(sql: ClientBase, events: readonly StoredEvent[]): Promise<void> {
  let waiting: StoredEvent[] = [];
  for (const stored of events) {
    if (!erasedCodec.handles(stored.type)) {
      waiting.push(stored);
      continue;
    }
    await insertEvents(sql, waiting);
    waiting = [];
    await eraseCase(sql, erasedCodec.decode(stored).data.caseId);
  }
  await insertEvents(sql, waiting);
}

async function insertEvents(sql: ClientBase, stored: readonly StoredEvent[]): Promise<void> {
  if (stored.length === 0) return;
  const events = stored.map((one) => outcomeCodec.decode(one));
  await sql.query(
    `INSERT INTO case_events (case_id, revision, event_id, type, position, recorded_at, area_code, data)
     SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[], $7::text[], $8::jsonb[])
     ON CONFLICT (case_id, revision) DO NOTHING`,
    [
      events.map(({ data }) => data.caseId),
      stored.map(({ revision }) => revision),
      stored.map(({ eventId }) => eventId),
      stored.map(({ type }) => type),
      stored.map(({ position }) => position),
      stored.map(({ recordedAt }) => recordedAt),
      events.map((event) => (event.type === 'CaseReported' ? event.data.areaCode : null)),
      stored.map(({ data }) => JSON.stringify(data)),
    ],
  );
}

/** What was written about the case: no indicator is computed from it. */
async function eraseCase(sql: ClientBase, caseId: string): Promise<void> {
  const { rows } = await sql.query<{ revision: number; type: string; data: Readonly<Record<string, unknown>> }>(
    'SELECT revision, type, data FROM case_events WHERE case_id = $1',
    [caseId],
  );
  for (const row of rows) {
    await sql.query('UPDATE case_events SET data = $3 WHERE case_id = $1 AND revision = $2', [
      caseId,
      row.revision,
      JSON.stringify(erasedData(row, subjectOf('case', caseId))),
    ]);
  }
}
