import { Inject, Injectable } from '@nestjs/common';
import type { CurrentCase } from '../cases/case-ledger.js';
import type { StaffAtHand } from '../cases/domain/case.commands.js';
import type { StaffOnHand } from '../cases/domain/dispatch-rule.js';
import { CASES_CONFIG, type CasesConfig } from '../config.js';
import { StaffDirectory } from '../staff/staff.query.js';
import { loadOf } from '../workload/domain/staff-load.js';
import { OpenWork } from '../workload/open-work.query.js';
import { RecentDispatches } from '../workload/recent-dispatches.js';
import { OneAtATime } from './one-at-a-time.js';

interface AssignRequest {
  /** null: the rule chooses. */
  readonly assignee: string | null;
  readonly at: string;
}

/**
 * The one place that gives cases to people, one case after the other, so that each choice sees the load that the choice before
 * it made.
 */
@Injectable()
export class Dispatcher {
  private readonly queue = new OneAtATime();

  constructor(
    private readonly staff: StaffDirectory,
    private readonly work: OpenWork,
    private readonly recent: RecentDispatches,
    @Inject(CASES_CONFIG) private readonly config: CasesConfig,
  ) {}

  assign(areaCode: string, { assignee, at }: AssignRequest, run: (now: StaffAtHand) => Promise<CurrentCase>): Promise<CurrentCase> {
    return this.queue.run(async () => {
      const assigned = await run({ at, staff: await this.onHand(areaCode, assignee, at) });
      this.remember(assigned);
      return assigned;
    });
  }

  private async onHand(areaCode: string, asked: string | null, at: string): Promise<readonly StaffOnHand[]> {
    const members = await this.staff.responsibleFor(areaCode, asked);
    const work = await this.work.byAssignee(members.map(({ staffId }) => staffId));
    return members.map(({ staffId, roles, areaCodes, availability }) => ({
      staffId,
      roles,
      areaCodes,
      availability,
      load: loadOf(work.get(staffId) ?? [], Date.parse(at), this.config.CASES_CAPACITY),
    }));
  }

  private remember({ record, revision }: CurrentCase): void {
    const { caseId, number, assignee, severity, state, clockStartedAt, dueAt } = record;
    if (assignee === null) return;
    this.recent.add({ caseId, number, assignee, severity, state, clockStartedAt, dueAt, revision });
  }
}
