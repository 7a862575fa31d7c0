import { DomainError } from '@brain/contracts';
import type { PostgresEngine } from './postgres-engine.js';

/** How many partitions each topic has. Read once: who grows a topic restarts its publishers. */
export class TopicPartitions {
  readonly #counts = new Map<string, number>();

  constructor(private readonly engine: PostgresEngine) {}

  /** Not a promise once it is known, so that calls of publish() keep their order. */
  known(topic: string): number | undefined {
    return this.#counts.get(topic);
  }

  async count(topic: string): Promise<number> {
    const known = this.#counts.get(topic);
    if (known !== undefined) return known;
    const rows = await this.engine.durable<{ topic: string; count: number }>(
      'select topic, count(*)::int as count from partitions group by topic',
    );
    for (const row of rows) this.#counts.set(row.topic, row.count);
    const count = this.#counts.get(topic);
    if (count === undefined) throw new DomainError('TOPIC_UNKNOWN', `There is no topic ${topic}`);
    return count;
  }
}
