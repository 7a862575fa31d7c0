import { Controller, Inject } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { telemetryMessage, TOPICS } from '@brain/contracts';
import type { DeliveredRecord } from '@brain/message-bus';
import { TIME_SERIES, type TimeSeries } from '@brain/time-series';
import { IngestionMetrics } from '../mqtt/ingestion-metrics.js';

/** Nobody waits for the series in the moment of a reading, and storing many at once costs little more than a few. */
const LINGER_MS = 500;

@Controller()
export class WriteTelemetry {
  constructor(
    @Inject(TIME_SERIES) private readonly series: TimeSeries,
    private readonly metrics: IngestionMetrics,
  ) {}

  @EventPattern(TOPICS.readings, { group: 'time-series', batch: 500, lingerMs: LINGER_MS })
  async handle(records: readonly DeliveredRecord[]): Promise<void> {
    const [first] = records;
    if (first === undefined) return;
    const { outcomes } = await this.series.write({
      topic: first.topic,
      partition: first.partition,
      records: records.map(({ offset, value }) => ({ offset, value: telemetryMessage.parse(value) })),
    });
    for (const { stored, duplicates, conflicting, late } of outcomes) {
      this.metrics.messagesWritten.inc({ outcome: stored > 0 ? 'stored' : 'duplicate' });
      this.metrics.points.inc({ outcome: 'stored' }, stored);
      this.metrics.points.inc({ outcome: 'duplicate' }, duplicates);
      this.metrics.points.inc({ outcome: 'conflicting' }, conflicting);
      this.metrics.points.inc({ outcome: 'late' }, late);
    }
  }
}
