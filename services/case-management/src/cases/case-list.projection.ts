import type { ClientBase } from 'pg';
import type { StoredEvent } from '@brain/contracts';
import { foldedTable, type FoldedRows, type Projection } from '@brain/event-store';
import { caseCodec } from './case.codec.js';
import { evolveCase } from './domain/case.evolve.js';
import type { CaseRecord } from './domain/case.record.js';
import { erasePastOfCase } from './erase-past-of-case.js';

const ERASURE = caseCodec.wireName('CaseErased');

const caseRows: FoldedRows<CaseRecord> = {
  table: 'case_list',
  key: 'case_id',
  idOf: (stored) => String(stored.data['caseId']),
  async read(sql, ids) {
    const { rows } = await sql.query<{ case_id: string; record: CaseRecord }>('SELECT case_id, record FROM case_list WHERE case_id = ANY ($1)', [ids]);
    return new Map(rows.map((row) => [row.case_id, row.record]));
  },
  fold(record, stored) {
    const next = evolveCase(record ?? { state: 'absent' }, caseCodec.decode(stored));
    return next.state === 'absent' ? undefined : next;
  },
  row: (record, { revision }) => ({
    case_id: record.caseId,
    number: record.number,
    title: record.title,
    category: record.category,
    area_code: record.areaCode,
    state: record.state,
    assignee: record.assignee,
    opened_at: record.openedAt,
    due_at: record.dueAt,
    clock_stopped_at: record.clockStoppedAt,
    overdue_recorded_for: record.overdueRecordedFor,
    awaits_rule: record.awaitsRule,
    revision,
    record,
  }),
  besides: { isOf: ({ type }) => type === ERASURE, write: erasePast },
};

/** The same fold as the decisions use, one row per case. */
export const caseListProjection: Projection = {
  name: 'case-list',
  types: caseCodec.types,
  from: 'store',
  ...foldedTable(caseRows),
};

async function erasePast(sql: ClientBase, stored: StoredEvent): Promise<void> {
  const event = caseCodec.decode(stored);
  if (event.type === 'CaseErased') await erasePastOfCase(sql, event);
}
