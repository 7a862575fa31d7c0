import type { ClientBase } from 'pg';
import type { StoredEvent } from '@brain/contracts';
import { foldRows, type FoldedRows, type Projection } from '@brain/event-store';
import { caseCodec } from './case.codec.js';
import { evolveCase } from './domain/case.evolve.js';
import type { CaseRecord } from './domain/case.record.js';
import { erasePastOfCase } from './erase-past-of-case.js';

const ERASURE = caseCodec.wireName('CaseErased');

/** The same fold as the decisions use, one row per case. */
export const caseListProjection: Projection = {
  name: 'case-list',
  tables: ['case_list'],
  past: ['case_list'],
  types: caseCodec.types,
  from: 'store',
  apply: (sql, stored) => foldRows(sql, [stored], caseRows, () => Promise.resolve()),
  applyMany: (sql, events, each) => foldRows(sql, events, caseRows, each),
};

const caseRows: FoldedRows<CaseRecord> = {
  idOf: (stored) => String(stored.data['caseId']),
  async read(sql, ids) {
    const { rows } = await sql.query<{ case_id: string; record: CaseRecord }>('SELECT case_id, record FROM case_list WHERE case_id = ANY ($1)', [ids]);
    return new Map(rows.map((row) => [row.case_id, row.record]));
  },
  fold(record, stored) {
    const next = evolveCase(record ?? { state: 'absent' }, caseCodec.decode(stored));
    return next.state === 'absent' ? undefined : next;
  },
  async write(sql, record, stored) {
    await save(sql, record, stored);
    if (stored.type !== ERASURE) return;
    const event = caseCodec.decode(stored);
    if (event.type === 'CaseErased') await erasePastOfCase(sql, event);
  },
};

async function save(sql: ClientBase, record: CaseRecord, { revision }: StoredEvent): Promise<void> {
  await sql.query(
    `INSERT INTO case_list (case_id, number, title, category, area_code, state, assignee, opened_at, due_at,
                            clock_stopped_at, overdue_recorded_for, awaits_rule, revision, record)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     ON CONFLICT (case_id) DO UPDATE SET
       title = excluded.title, state = excluded.state, assignee = excluded.assignee, due_at = excluded.due_at,
       clock_stopped_at = excluded.clock_stopped_at, overdue_recorded_for = excluded.overdue_recorded_for,
       awaits_rule = excluded.awaits_rule, revision = excluded.revision, record = excluded.record`,
    [
      record.caseId,
      record.number,
      record.title,
      record.category,
      record.areaCode,
      record.state,
      record.assignee,
      record.openedAt,
      record.dueAt,
      record.clockStoppedAt,
      record.overdueRecordedFor,
      record.awaitsRule,
      revision,
      JSON.stringify(record),
    ],
  );
}
