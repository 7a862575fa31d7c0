import { Controller, Inject } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { refusedMessage, TOPICS } from '@brain/contracts';
import type { DeliveredRecord } from '@brain/message-bus';
import { TIME_SERIES, type TimeSeries } from '@brain/time-series';
import { RefusedMessages } from './refused-messages.query.js';

@Controller()
export class WriteRefused {
  constructor(
    private readonly messages: RefusedMessages,
    @Inject(TIME_SERIES) private readonly series: TimeSeries,
  ) {}

  /** Two steps, each of which does nothing the second time: listed by id, counted by offset. */
  @EventPattern(TOPICS.refused, { group: 'refused', batch: 500 })
  async handle(records: readonly DeliveredRecord[]): Promise<void> {
    const [first] = records;
    if (first === undefined) return;
    const refused = records.map(({ offset, value }) => ({ offset, value: refusedMessage.parse(value) }));
    await this.messages.add(refused.map(({ value }) => value));
    await this.series.countRefused({ topic: first.topic, partition: first.partition, records: refused });
  }
}
