import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { TOPICS, caseReportedV1 } from '@brain/contracts';
import { createEventCodec } from '@brain/event-store';
import type { DeliveredRecord } from '@brain/message-bus';
import { Clock, Commands, eventOf, causedBy } from '@brain/service-kit';
import { alertCodec } from './alert-codec.js';
import { alertDecider } from './domain/alert.decider.js';
import { alertStream } from './domain/alert.stream.js';

const caseCodec = createEventCodec([caseReportedV1]);

/** The case that an alert opened becomes known to the alert. */
@Controller()
export class LinkCase {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  @EventPattern(TOPICS.caseEvents, { group: 'link-case', batch: 100 })
  async handle(records: readonly DeliveredRecord[]): Promise<void> {
    for (const record of records) {
      const stored = eventOf(record);
      if (!caseCodec.handles(stored.type)) continue;
      const { caseId, source } = caseCodec.decode(stored).data;
      if (source.kind !== 'alert') continue;
      const command = { type: 'LinkCase', caseId } as const;
      const context = causedBy(stored, this.clock, 'alert-case-link');
      await this.commands.runFor(alertCodec, alertDecider, alertStream(source.alertId), command, context);
    }
  }
}
