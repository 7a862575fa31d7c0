import type { ClientBase } from 'pg';
import { caseErasedV1, subjectOf, TOPICS } from '@brain/contracts';
import { createEventCodec, erasedData, type Projection } from '@brain/event-store';
import { outcomeCodec } from './outcome-events.codec.js';

const erasedCodec = createEventCodec([caseErasedV1]);

/** Own copy of the evidence, event by event, so that every number can name what it was computed from. */
export const caseEventsProjection: Projection = {
  name: 'case-events',
  tables: ['case_events'],
  types: [...outcomeCodec.types, ...erasedCodec.types],
  from: { topics: [TOPICS.caseEvents] },
  async apply(sql, stored) {
    if (erasedCodec.handles(stored.type)) return eraseCase(sql, erasedCodec.decode(stored).data.caseId);
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
