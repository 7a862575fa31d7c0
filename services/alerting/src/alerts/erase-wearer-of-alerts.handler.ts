import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { erasureCarriedOutV1, TOPICS } from '@brain/contracts';
import { createEventCodec } from '@brain/event-store';
import type { DeliveredRecord } from '@brain/message-bus';
import { causedBy, Clock, Commands, eventOf } from '@brain/service-kit';
import { alertCodec } from './alert-codec.js';
import { AlertList } from './alert-list.query.js';
import { alertDecider } from './domain/alert.decider.js';
import { alertStream } from './domain/alert.stream.js';

const PERSON = 'person:';
const codec = createEventCodec([erasureCarriedOutV1]);

/**
 * What alerts told of the wearer of their device can be read no more. Said in the stream of each alert, so that every
 * table that shows it learns it in its order.
 */
@Controller()
export class EraseWearerOfAlerts {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly alerts: AlertList,
  ) {}

  @EventPattern(TOPICS.gridEvents, { group: 'erase-wearers', batch: 200 })
  async handle(records: readonly DeliveredRecord[]): Promise<void> {
    for (const event of records.map(eventOf).filter(({ type }) => codec.handles(type))) {
      const { subject } = codec.decode(event).data;
      if (!subject.startsWith(PERSON)) continue;
      const wearerId = subject.slice(PERSON.length);
      const context = causedBy(event, this.clock, 'erasure');
      for (const { alertId, areaCode } of await this.alerts.ofWearer(wearerId)) {
        const command = { type: 'EraseWearerOfAlert', wearerId, now: context.time } as const;
        await this.commands.runFor(alertCodec, alertDecider, alertStream(alertId), command, { ...context, areaCode });
      }
    }
  }
}
