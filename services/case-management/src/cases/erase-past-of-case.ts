import type { ClientBase } from 'pg';
import { subjectOf } from '@brain/contracts';
import { erasedData } from '@brain/event-store';
import { caseCodec } from './case.codec.js';
import { evolveCase } from './domain/case.evolve.js';
import type { CaseEvent } from './domain/case.events.js';
import type { CaseRecord } from './domain/case.record.js';

interface PastState {
  readonly revision: number;
  readonly record: CaseRecord;
}

/** What was written about the case leaves its earlier states too: they are then as a replay makes them, without the key. */
export async function erasePastOfCase(sql: ClientBase, erasure: Extract<CaseEvent, { type: 'CaseErased' }>): Promise<void> {
  const { caseId } = erasure.data;
  const { rows } = await sql.query<PastState>('SELECT revision, record FROM case_list_past WHERE case_id = $1', [caseId]);
  for (const { revision, record } of rows) {
    const erased = { ...evolveCase(record, erasure), last: erasedEvent(record.last, caseId) } as CaseRecord;
    await sql.query('UPDATE case_list_past SET title = $3, record = $4 WHERE case_id = $1 AND revision = $2', [
      caseId,
      revision,
      erased.title,
      JSON.stringify(erased),
    ]);
  }
}

function erasedEvent(event: CaseEvent, caseId: string): CaseEvent {
  const { type, data } = caseCodec.encode(event);
  return caseCodec.decode({ type, data: erasedData({ type, data }, subjectOf('case', caseId)) });
}
