import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { TOPICS } from '@brain/contracts';
import type { DeliveredRecord } from '@brain/message-bus';
import { eventOf } from '@brain/service-kit';
import { CaughtUp } from '../caught-up.js';
import { WorkloadPublisher } from './workload.publisher.js';

/** Own events come back over the bus once they are committed: then workloads may have changed. */
@Controller()
export class FollowCaseChanges {
  constructor(
    private readonly caughtUp: CaughtUp,
    private readonly workload: WorkloadPublisher,
  ) {}

  @EventPattern(TOPICS.caseEvents, { group: 'follow-cases', batch: 200 })
  async handle(records: readonly DeliveredRecord[]): Promise<void> {
    await this.caughtUp.with('case_list', records.map(eventOf));
    await this.workload.refresh();
  }
}
