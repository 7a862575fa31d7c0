import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '@brain/auth';
import type { StaffWorkload } from '@brain/contracts';
import { coversArea } from '@brain/auth';
import { CASES_CONFIG, type CasesConfig } from '../config.js';
import { StaffDirectory, type StaffMember } from '../staff/staff.query.js';
import type { WorkItem } from './domain/case-weight.js';
import { explainLoad, workloadOf } from './domain/staff-load.js';
import { OpenWork } from './open-work.query.js';

export interface ExplainedWorkload {
  readonly workload: StaffWorkload;
  /** What makes the load up. */
  readonly cases: ReturnType<typeof explainLoad>;
}

/** Workloads are computed when asked for: they change with time, and a replay must not. */
@Injectable()
export class WorkloadBoard {
  constructor(
    private readonly staff: StaffDirectory,
    private readonly work: OpenWork,
    @Inject(CASES_CONFIG) private readonly config: CasesConfig,
  ) {}

  async everybody(now: string): Promise<StaffWorkload[]> {
    const [members, work] = await Promise.all([this.staff.all(), this.work.byAssignee('all')]);
    return members.map((member) => this.workload(member, work, now));
  }

  /** The people of the actor's areas and the actor, in order of their id, after the given one. */
  async visibleTo(actor: Actor, now: string, after: string): Promise<ExplainedWorkload[]> {
    const [members, work] = await Promise.all([this.staff.all(), this.work.byAssignee('all')]);
    return members
      .filter(({ staffId }) => staffId > after)
      .filter(({ staffId, areaCodes }) => staffId === actor.staffId || areaCodes.some((code) => coversArea(actor, code)))
      .map((member) => ({
        workload: this.workload(member, work, now),
        cases: explainLoad(work.get(member.staffId) ?? [], now),
      }));
  }

  private workload(member: StaffMember, work: ReadonlyMap<string, readonly WorkItem[]>, now: string): StaffWorkload {
    return workloadOf(member, work.get(member.staffId) ?? [], { now, capacity: this.config.CASES_CAPACITY });
  }
}
