import type { ClientBase } from 'pg';
import type { StoredEvent } from '@brain/contracts';
import type { Projection } from '@brain/event-store';
import { caseCodec } from './case.codec.js';
import { evolveCase } from './domain/case.evolve.js';
import type { CaseRecord, CaseSnapshot } from './domain/case.record.js';
import { erasePastOfCase } from './erase-past-of-case.js';

/** The same fold as the decisions use, one row per case. */
export const caseListProjection: Projection = {
  name: 'case-list',
  tables: ['case_list'],
  past: ['case_list'],
  types: caseCodec.types,
  from: 'store',
  async apply(sql, stored) {
    const event = caseCodec.decode(stored);
    const next = evolveCase(await snapshotOf(sql, event.data.caseId), event);
    if (next.state !== 'absent') await save(sql, next, stored);
    if (event.type === 'CaseErased') await erasePastOfCase(sql, event);
  },
};

async function snapshotOf(sql: ClientBase, caseId: string): Promise<CaseSnapshot> {
  const { rows } = await sql.query<{ record: CaseRecord }>('SELECT record FROM case_list WHERE case_id = $1', [caseId]);
  return rows[0]?.record ?? { state: 'absent' };
}

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
