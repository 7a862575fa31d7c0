import type { ClientBase } from 'pg';
import { caseErasedV1, subjectOf, TOPICS } from '@brain/contracts';
import { createEventCodec, erasedData, insertedTable, type InsertedRows, type Projection } from '@brain/event-store';
import { outcomeCodec } from './outcome-events.codec.js';

const erasedCodec = createEventCodec([caseErasedV1]);

/** Own copy of the evidence, event by event, so that every number can name what it was computed from. */
const caseEventRows: InsertedRows = {
  table: 'case_events',
  columns: {
    case_id: 'uuid',
    revision: 'bigint',
    event_id: 'uuid',
    type: 'text',
    position: 'text',
    recorded_at: 'timestamptz',
    area_code: 'text',
    data: 'jsonb',
  },
  values(stored) {
    const { type, data } = outcomeCodec.decode(stored);
    const areaCode = type === 'CaseReported' ? data.areaCode : null;
    return [data.caseId, stored.revision, stored.eventId, stored.type, stored.position, stored.recordedAt, areaCode, JSON.stringify(stored.data)];
  },
  isRepeatable: true,
  erasure: {
    hasRow: false,
    isOf: ({ type }) => erasedCodec.handles(type),
    erase: (sql, stored) => eraseCase(sql, erasedCodec.decode(stored).data.caseId),
  },
};

export const caseEventsProjection: Projection = {
  name: 'case-events',
  types: [...outcomeCodec.types, ...erasedCodec.types],
  from: { topics: [TOPICS.caseEvents] },
  ...insertedTable(caseEventRows),
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
