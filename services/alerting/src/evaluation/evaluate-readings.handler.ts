import { Controller, Inject } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { TOPICS } from '@brain/contracts';
import type { DeliveredRecord } from '@brain/message-bus';
import { LOGGER, Metrics } from '@brain/service-kit';
import type { Logger } from 'pino';
import { EvaluationStore } from './evaluation-store.js';
import { EvaluatePartition } from './evaluate-partition.js';
import { PartitionMemory } from './partition-memory.js';
import { receivedMessage } from './received-message.js';

/** Stored samples are trimmed once in so many batches. */
const BATCHES_PER_TRIM = 200;

/**
 * Readings in, alerts out. First the events, then the states with the offset in one transaction: a crash in between
 * evaluates the same readings again from the same states, comes to the same events, and they are already there.
 */
@Controller()
export class EvaluateReadings {
  private readonly partitions = new Map<number, PartitionMemory>();
  private readonly evaluated;

  constructor(
    private readonly store: EvaluationStore,
    private readonly evaluate: EvaluatePartition,
    @Inject(LOGGER) private readonly logger: Logger,
    metrics: Metrics,
  ) {
    this.evaluated = metrics.counter('brain_alerting_readings_total', 'Readings evaluated against the rules');
  }

  @EventPattern(TOPICS.readings, { group: 'rules', batch: 200 })
  async handle(records: readonly DeliveredRecord[]): Promise<void> {
    const [first] = records;
    if (first === undefined) return;
    const memory = await this.memoryOf(first.partition, first.offset);
    try {
      await this.handleFresh(memory, records.filter(({ offset }) => offset >= memory.nextOffset));
    } catch (error) {
      // What was changed in memory is not what is stored: read it again before the next attempt.
      this.partitions.delete(first.partition);
      throw error;
    }
  }

  private async handleFresh(memory: PartitionMemory, fresh: readonly DeliveredRecord[]): Promise<void> {
    const last = fresh.at(-1);
    if (last === undefined) {
      this.logger.warn({ partition: memory.partition, nextOffset: memory.nextOffset }, 'readings were evaluated before');
      return;
    }
    const messages = fresh.map(receivedMessage);
    const { devices, samples } = await this.evaluate.run(memory, messages);
    const next = last.offset + 1;
    await this.store.save({ partition: memory.partition, from: memory.nextOffset, next, devices, samples });
    memory.nextOffset = next;
    this.evaluated.inc(messages.reduce((sum, { readings }) => sum + readings.length, 0));
    if (memory.countBatch() % BATCHES_PER_TRIM === 0) await this.store.trim(memory.devices.values());
  }

  /** A batch that does not go on where we stopped: the partition has been elsewhere, so our memory is out of date. */
  private async memoryOf(partition: number, offset: number): Promise<PartitionMemory> {
    const known = this.partitions.get(partition);
    if (known?.nextOffset === offset) return known;
    const memory = new PartitionMemory(partition, await this.store.nextOffset(partition));
    this.partitions.set(partition, memory);
    return memory;
  }
}
