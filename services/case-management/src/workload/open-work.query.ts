import { Injectable } from '@nestjs/common';
import { currentPast, Database } from '@brain/service-kit';
import { STATES_OF_WORK, type WorkItem } from './domain/case-weight.js';
import { RecentDispatches } from './recent-dispatches.js';

const ITEM = `case_id AS "caseId", number, assignee, state, revision, record->>'severity' AS severity,
  record->>'clockStartedAt' AS "clockStartedAt", record->>'dueAt' AS "dueAt"`;

/** Who has which open cases: the read table, corrected by what was dispatched a moment ago. */
@Injectable()
export class OpenWork {
  constructor(
    private readonly database: Database,
    private readonly recent: RecentDispatches,
  ) {}

  /** Of the given people, or of everybody. */
  async byAssignee(staffIds: readonly string[] | 'all'): Promise<ReadonlyMap<string, readonly WorkItem[]>> {
    return inPiles(currentPast() === undefined ? await this.atPresent(staffIds) : await this.inThePast());
  }

  private async atPresent(staffIds: readonly string[] | 'all'): Promise<readonly WorkItem[]> {
    const rows = await this.database.query<WorkItem>(
      `SELECT ${ITEM} FROM case_list
       WHERE (($1::uuid[] IS NULL OR assignee = ANY ($1)) AND state = ANY ($2)) OR case_id = ANY ($3)`,
      [staffIds === 'all' ? null : staffIds, STATES_OF_WORK, this.recent.caseIds()],
    );
    return this.recent.applyTo(rows);
  }

  /** Of everybody, at the moment that is looked back to: its dispatches are all in the table. */
  private inThePast(): Promise<readonly WorkItem[]> {
    return this.database.query<WorkItem>(`SELECT ${ITEM} FROM case_list WHERE state = ANY ($1)`, [STATES_OF_WORK]);
  }
}

function inPiles(items: readonly WorkItem[]): ReadonlyMap<string, readonly WorkItem[]> {
  const work = new Map<string, WorkItem[]>();
  for (const item of items) {
    if (!STATES_OF_WORK.includes(item.state)) continue;
    const pile = work.get(item.assignee);
    if (pile === undefined) work.set(item.assignee, [item]);
    else pile.push(item);
  }
  return work;
}
