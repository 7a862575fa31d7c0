import { Injectable } from '@nestjs/common';
import type { Actor } from '@brain/auth';
import { ERASED, type CaseView } from '@brain/contracts';
import { Database, decodeCursor, page, type Page } from '@brain/service-kit';
import { scopeOf, withinAreas } from '../areas/area-scope.js';
import type { CaseListQuery } from './case-bodies.schema.js';
import { caseView } from './case-view.js';
import type { CaseRecord } from './domain/case.record.js';

interface Row {
  readonly record: CaseRecord;
  readonly revision: number;
  readonly assigneeName: string | null;
}

@Injectable()
export class CaseList {
  constructor(private readonly database: Database) {}

  /** Newest first, within what the person may see: the cases of their areas and those assigned to them. */
  async find(query: CaseListQuery, actor: Actor, now: string): Promise<Page<CaseView>> {
    const [openedAt = null, caseId = null] = decodeCursor(query.cursor, 2) ?? [];
    const rows = await this.database.query<Row>(FIND, [
      scopeOf(actor),
      actor.staffId,
      query.areaCode === undefined ? null : [query.areaCode],
      query.state ?? null,
      query.assignee ?? null,
      query.category ?? null,
      query.overdue ?? null,
      now,
      query.q === undefined ? null : `%${query.q.replace(/[\\%_]/g, '\\$&')}%`,
      query.from ?? null,
      query.to ?? null,
      openedAt,
      caseId,
      query.limit + 1,
      query.needsAssignee ?? null,
      ERASED,
    ]);
    const views = rows.map(({ assigneeName, ...current }) => caseView(current, assigneeName, now));
    return page(views, query.limit, (view) => [view.openedAt, view.caseId]);
  }
}

/** Somebody has to do it, and who has it was erased, is unavailable, or is no grid worker any more. */
const NEEDS_ASSIGNEE = `state IN ('dispatched', 'in-progress')
  AND coalesce(staff.name = $16 OR staff.availability = 'unavailable' OR NOT 'grid-worker' = ANY (staff.roles), true)`;

const FIND = `
  SELECT record, case_list.revision, staff.name AS "assigneeName"
  FROM case_list LEFT JOIN staff ON staff.staff_id = case_list.assignee
  WHERE (${withinAreas('area_code', 1)} OR assignee = $2)
    AND ${withinAreas('area_code', 3)}
    AND ($4::text[] IS NULL OR state = ANY ($4))
    AND ($5::uuid IS NULL OR assignee = $5)
    AND ($6::text IS NULL OR category = $6)
    AND ($7::boolean IS NULL OR $7 = (state NOT IN ('voided', 'merged') AND coalesce(clock_stopped_at, $8) > due_at))
    AND ($9::text IS NULL OR number ILIKE $9 OR title ILIKE $9 OR record->'source'->>'reference' ILIKE $9)
    AND ($10::timestamptz IS NULL OR opened_at >= $10)
    AND ($11::timestamptz IS NULL OR opened_at < $11)
    AND ($15::boolean IS NULL OR $15 = (${NEEDS_ASSIGNEE}))
    AND ($12::timestamptz IS NULL OR (opened_at, case_id) < ($12, $13::uuid))
  ORDER BY opened_at DESC, case_id DESC
  LIMIT $14`;
