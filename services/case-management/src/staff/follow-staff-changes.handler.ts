import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { TOPICS } from '@brain/contracts';
import type { DeliveredRecord } from '@brain/message-bus';
import { eventOf } from '@brain/service-kit';
import { CaughtUp } from '../caught-up.js';
import { WaitingCases } from '../dispatch/waiting-cases.js';
import { WorkloadPublisher } from '../workload/workload.publisher.js';
import { STAFF_EVENT_TYPES } from './staff-on-hand.projection.js';

/** Somebody came on duty or took over an area: waiting cases get another chance, the board another look. */
@Controller()
export class FollowStaffChanges {
  constructor(
    private readonly caughtUp: CaughtUp,
    private readonly waiting: WaitingCases,
    private readonly workload: WorkloadPublisher,
  ) {}

  @EventPattern(TOPICS.gridEvents, { group: 'follow-staff', batch: 200 })
  async handle(records: readonly DeliveredRecord[]): Promise<void> {
    const events = records.map(eventOf).filter(({ type }) => STAFF_EVENT_TYPES.includes(type));
    const last = events.at(-1);
    if (last === undefined) return;
    await this.caughtUp.with('staff', events);
    await this.waiting.tryAll({ correlationId: last.metadata.correlationId, causationId: last.eventId });
    await this.workload.refresh();
  }
}
