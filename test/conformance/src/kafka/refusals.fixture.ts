import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { applyTopics, KafkaMessageBus, type ApplyTopicsOptions, type KafkaMessageBusOptions } from '@brain/message-bus/kafka';
import { tempDir, type TempDir } from '@brain/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startKafka, type KafkaServer } from './kafka-server.js';
import { selfSigned } from './self-signed.js';

const topics = [{ name: 'single', partitions: 1, retentionHours: 1 }];
const users = { brain: 'of-a-test-only' };
const sasl = { mechanism: 'scram-sha-512', username: 'brain', password: users.brain } as const;

/** TLS and sign-in, and what a person must put right. */
export function refusals(version: '4' | '3.9'): void {
  describe(`Kafka ${version} that wants TLS and a password`, () => {
    let folder: TempDir;
    let kafka: KafkaServer;
    let good: KafkaMessageBusOptions & ApplyTopicsOptions;
    let bus: KafkaMessageBus | undefined;

    beforeAll(async () => {
      folder = await tempDir('brain-kafka-tls-');
      const { keystore, certificateFile } = await selfSigned(folder.path, 0, 30);
      kafka = await startKafka({ version, users, keystore });
      good = { brokers: kafka.brokers, caFile: certificateFile, sasl, topics };
      await applyTopics(good);
    });
    afterEach(() => bus?.close());
    afterAll(async () => {
      await kafka.stop();
      await folder.remove();
    });

    const ping = (changed: Partial<KafkaMessageBusOptions>): Promise<void> => {
      bus = new KafkaMessageBus({ ...good, ...changed });
      return bus.ping();
    };

    it.each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)('takes the right password by %s', async (mechanism) => {
      await expect(ping({ sasl: { ...sasl, mechanism } })).resolves.toBeUndefined();
      await expect(bus?.publish('single', [{ key: 'a', headers: {}, value: 1 }])).resolves.toBeUndefined();
    });

    it('is refused with a wrong password', async () => {
      const refused = { code: 'BUS_REFUSED', message: expect.stringContaining('check the user name, the password') };
      await expect(ping({ sasl: { ...sasl, password: 'wrong' } })).rejects.toMatchObject(refused);
    });

    it('is refused when its certificate is signed by somebody else', async () => {
      const other = await selfSigned(folder.path, -1, 30);
      const refused = { code: 'BUS_REFUSED', message: expect.stringContaining('give the CA file') };
      await expect(ping({ caFile: other.certificateFile })).rejects.toMatchObject(refused);
    });

    it('is refused when the CA file is not there', async () => {
      const caFile = path.join(folder.path, 'gone.pem');
      await writeFile(caFile, '');
      await rm(caFile);
      expect(() => new KafkaMessageBus({ ...good, caFile })).toThrow(expect.objectContaining({ code: 'BUS_REFUSED' }));
    });

    it('is refused when it is another cluster', async () => {
      await expect(ping({ clusterId: 'another' })).rejects.toMatchObject({ code: 'BUS_REFUSED', message: expect.stringContaining('not another') });
    });

    it('is refused when a topic is missing or has too few partitions', async () => {
      await expect(ping({ topics: [{ name: 'nowhere', partitions: 1 }] })).rejects.toMatchObject({
        code: 'BUS_REFUSED',
        message: expect.stringContaining('no topic nowhere'),
      });
      await bus?.close();
      await expect(ping({ topics: [{ name: 'single', partitions: 3 }] })).rejects.toMatchObject({
        code: 'BUS_REFUSED',
        message: expect.stringContaining('1 partitions instead of 3'),
      });
    });

    it('is refused when a topic takes smaller records than the product has', async () => {
      await expect(ping({ topics: [{ name: 'single', partitions: 1, maxMessageBytes: 2 * 1024 * 1024 }] })).rejects.toMatchObject({
        code: 'BUS_REFUSED',
        message: expect.stringContaining('max.message.bytes 1048576 instead of 2097152'),
      });
    });

    it('grows a topic and never makes it smaller', async () => {
      const namespace = 'growing';
      const of = (partitions: number) => ({ ...good, namespace, topics: [{ name: 'single', partitions, retentionHours: 1 }] });
      const kinds = async (partitions: number) => (await applyTopics(of(partitions))).map(({ kind }) => kind);
      expect(await kinds(2)).toEqual(['create', 'create', 'create']);
      expect(await kinds(2)).toEqual([]);
      expect(await kinds(5)).toEqual(['grow']);
      expect(await kinds(3)).toEqual([]);
      const changed = { ...good, namespace, topics: [{ name: 'single', partitions: 5, retentionHours: 2 }] };
      expect((await applyTopics(changed)).map(({ kind }) => kind)).toEqual(['configure']);
      expect(await applyTopics(changed)).toEqual([]);
    });
  });

  describe(`Kafka ${version} whose certificate has run out`, () => {
    it('is refused, and the line says so', async () => {
      const folder = await tempDir('brain-kafka-tls-');
      const { keystore, certificateFile } = await selfSigned(folder.path, -10, 5);
      const kafka = await startKafka({ version, keystore });
      const bus = new KafkaMessageBus({ brokers: kafka.brokers, caFile: certificateFile, topics });
      try {
        const refused = { code: 'BUS_REFUSED', message: expect.stringMatching(/certificate .*(EXPIRED|expired)/) };
        await expect(bus.ping()).rejects.toMatchObject(refused);
      } finally {
        await bus.close();
        await kafka.stop();
        await folder.remove();
      }
    });
  });
}
