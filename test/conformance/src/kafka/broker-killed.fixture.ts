import type { MessageBus } from '@brain/message-bus';
import { applyTopics, KafkaMessageBus } from '@brain/message-bus/kafka';
import { eventually } from '@brain/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startKafka, type KafkaServer } from './kafka-server.js';

const keys = Array.from({ length: 24 }, (_, index) => `key-${String(index)}`);

/** Publishes 0, 1, 2 … for one key, each again until it is acknowledged. */
async function publishSteadily(bus: MessageBus, key: string, isOver: () => boolean): Promise<{ acknowledged: number; refused: number }> {
  let acknowledged = 0;
  let refused = 0;
  while (!isOver()) {
    try {
      await bus.publish('spread', [{ key, headers: {}, value: acknowledged }]);
      acknowledged += 1;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'BUS_UNAVAILABLE')) throw error;
      refused += 1;
    }
  }
  return { acknowledged, refused };
}

/** What a cluster of three is for. */
export function brokerKilled(): void {
  describe('one of three brokers is killed under load', () => {
    let kafka: KafkaServer;
    let bus: KafkaMessageBus;
    const seen = new Map<string, number[]>();
    const delivered = (): number => [...seen.values()].reduce((sum, values) => sum + values.length, 0);

    beforeAll(async () => {
      kafka = await startKafka({ version: '4', brokers: 3 });
      const options = { brokers: kafka.brokers, topics: [{ name: 'spread', partitions: 6, retentionHours: 1 }] };
      await applyTopics(options);
      bus = new KafkaMessageBus(options);
      await bus.subscribe({
        group: 'g',
        topics: ['spread'],
        maxBatch: 20,
        handler: (records) => {
          for (const { key, value } of records) seen.set(key, [...(seen.get(key) ?? []), Number(value)]);
          return Promise.resolve();
        },
      });
    });
    afterAll(async () => {
      await bus.close();
      await kafka.stop();
    });

    it('and every acknowledged record is delivered, in the order of its key', async () => {
      let isOver = false;
      const load = Promise.all(keys.map((key) => publishSteadily(bus, key, () => isOver)));
      await eventually(() => expect(delivered()).toBeGreaterThan(2_000), { timeoutMs: 60_000 });
      await kafka.kill(0);
      const before = delivered();
      await eventually(() => expect(delivered()).toBeGreaterThan(before + 4_000), { timeoutMs: 60_000 });
      await kafka.restart(0);
      isOver = true;
      const published = await load;
      await eventually(
        () => {
          for (const [index, key] of keys.entries()) {
            const firsts = [...new Set(seen.get(key))];
            expect(firsts).toEqual(firsts.map((_, place) => place));
            expect(firsts.length).toBeGreaterThanOrEqual(published[index]?.acknowledged ?? 0);
          }
        },
        { timeoutMs: 60_000 },
      );
      const acknowledged = published.reduce((sum, one) => sum + one.acknowledged, 0);
      const refused = published.reduce((sum, one) => sum + one.refused, 0);
      process.stderr.write(`${String(acknowledged)} acknowledged, ${String(refused)} refused, ${String(delivered())} delivered\n`);
    });
  });
}
