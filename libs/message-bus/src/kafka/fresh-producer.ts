import { Partitioners, type Kafka, type Producer } from 'kafkajs';
import type { EncodedRecord } from './record-codec.js';

interface Generation {
  readonly producer: Producer;
  readonly connected: Promise<void>;
  sending: number;
}

/**
 * An idempotent producer that is thrown away after any error. kafkajs takes back the sequence numbers of a batch
 * that failed; should the broker have stored it after all, the next batch under these numbers would be confirmed
 * as a repetition of it, and lost.
 */
export class FreshProducer {
  #current: Generation | undefined;

  constructor(private readonly kafka: Kafka) {}

  /** One partition a call: in a call for several brokers kafkajs forgets the part of the one that died. */
  async send(topic: string, partition: number, records: readonly EncodedRecord[]): Promise<void> {
    const generation = (this.#current ??= this.#start());
    generation.sending += 1;
    try {
      await generation.connected;
      const timestamp = String(Date.now());
      const messages = records.map(({ key, value, headers }) => ({ key, value, headers: { ...headers }, partition, timestamp }));
      await generation.producer.send({ topic, acks: -1, timeout: 10_000, messages });
    } catch (error) {
      if (this.#current === generation) this.#current = undefined;
      throw error;
    } finally {
      generation.sending -= 1;
      if (generation !== this.#current && generation.sending === 0) void this.#end(generation);
    }
  }

  async close(): Promise<void> {
    const generation = this.#current;
    this.#current = undefined;
    if (generation !== undefined) await this.#end(generation);
  }

  #start(): Generation {
    const producer = this.kafka.producer({
      idempotent: true,
      allowAutoTopicCreation: false,
      // Never asked, as every message names its partition; without it kafkajs warns of its new default.
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    const connected = producer.connect();
    connected.catch(() => undefined);
    return { producer, connected, sending: 0 };
  }

  async #end({ producer, connected }: Generation): Promise<void> {
    await connected.catch(() => undefined);
    await producer.disconnect().catch(() => undefined);
  }
}
