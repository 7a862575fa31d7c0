import { applyTopics, KafkaMessageBus } from '@brain/message-bus/kafka';
import { eventually } from '@brain/testing';
import { describe, expect, it } from '@jest/globals';
import { startKafka } from './kafka-server.js';

/** What happens to services that were there before the broker, and are there after it. */
export function brokerRestarted(version: '4' | '3.9'): void {
  describe(`Kafka ${version} that goes away and comes back`, () => {
    it('refuses calls meanwhile, and then everything goes on where it stopped', async () => {
      const kafka = await startKafka({ version });
      const options = { brokers: kafka.brokers, topics: [{ name: 'single', partitions: 1, retentionHours: 1 }] };
      await applyTopics(options);
      const bus = new KafkaMessageBus(options);
      try {
        const values: unknown[] = [];
        const failing = (): Promise<void> => Promise.reject(new Error('no'));
        await bus.subscribe({
          group: 'g',
          topics: ['single'],
          handler: (records) => {
            values.push(...records.map(({ value }) => value));
            return Promise.resolve();
          },
        });
        await bus.subscribe({ group: 'failing', topics: ['single'], handler: failing, retry: { attempts: 1 } });
        await bus.publish('single', [{ key: 'a', headers: {}, value: 1 }]);
        await eventually(async () => expect(await bus.deadLetters.list()).toHaveLength(1));
        await kafka.kill(0);
        await expect(bus.ping()).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE' });
        await expect(bus.publish('single', [{ key: 'a', headers: {}, value: 2 }])).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE' });
        await kafka.restart(0);
        await eventually(() => bus.ping(), { timeoutMs: 30_000 });
        await eventually(() => bus.publish('single', [{ key: 'a', headers: {}, value: 3 }]), { timeoutMs: 30_000 });
        await eventually(() => expect(new Set(values)).toEqual(new Set([1, 3])), { timeoutMs: 60_000 });
        const buried = async (): Promise<Set<unknown>> => new Set((await bus.deadLetters.list()).map(({ record }) => record.value));
        await eventually(async () => expect(await buried()).toEqual(new Set([1, 3])), { timeoutMs: 60_000 });
      } finally {
        await bus.close();
        await kafka.stop();
      }
    });
  });
}
