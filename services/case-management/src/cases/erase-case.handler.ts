import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { erasureCarriedOutV1, TOPICS } from '@brain/contracts';
import { createEventCodec } from '@brain/event-store';
import type { DeliveredRecord } from '@brain/message-bus';
import { causedBy, Clock, eventOf } from '@brain/service-kit';
import { CaseLedger } from './case-ledger.js';

const ERASURE = 'erasure';
const OF_A_CASE = 'case:';
const codec = createEventCodec([erasureCarriedOutV1]);

/**
 * What was written about a case can be read no more. Said in the case's own stream, so that every table that shows the
 * case learns it in its order, after all that was written before.
 */
@Controller()
export class EraseCase {
  constructor(
    private readonly ledger: CaseLedger,
    private readonly clock: Clock,
  ) {}

  @EventPattern(TOPICS.gridEvents, { group: 'erase-cases', batch: 200 })
  async handle(records: readonly DeliveredRecord[]): Promise<void> {
    for (const event of records.map(eventOf).filter(({ type }) => codec.handles(type))) {
      const { subject } = codec.decode(event).data;
      if (!subject.startsWith(OF_A_CASE)) continue;
      const context = causedBy(event, this.clock, ERASURE);
      await this.ledger.runFor({ type: 'EraseCase', caseId: subject.slice(OF_A_CASE.length), now: context.time }, context);
    }
  }
}
