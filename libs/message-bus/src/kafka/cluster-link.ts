import { DomainError } from '@brain/contracts';
import type { Kafka } from 'kafkajs';
import { openCluster, type KafkaCluster } from './kafka-cluster.js';

/** One user of a cluster: connects when needed, and starts over with new connections after a failure. */
export class ClusterLink {
  #cluster: KafkaCluster | undefined;
  #connecting: Promise<KafkaCluster> | undefined;
  #isEnded = false;

  constructor(private readonly kafka: Kafka) {}

  /** Connected, as far as it knows, and knowing these topics. */
  async use(...topics: readonly string[]): Promise<KafkaCluster> {
    this.#connecting ??= this.#connect().finally(() => (this.#connecting = undefined));
    const cluster = await this.#connecting;
    for (const topic of topics) await cluster.addTargetTopic(topic);
    return cluster;
  }

  /**
   * After an error: fresh metadata, and if even that fails, fresh connections. kafkajs forgets the brokers it was
   * told about once it has lost them all.
   */
  async recover(): Promise<void> {
    try {
      await this.#cluster?.refreshMetadata();
    } catch {
      await this.close();
    }
  }

  /** For good: whoever is still at work with it is refused, and opens nothing that nobody would close. */
  async end(): Promise<void> {
    this.#isEnded = true;
    await this.close();
  }

  async close(): Promise<void> {
    const cluster = this.#cluster;
    this.#cluster = undefined;
    await cluster?.disconnect().catch(() => undefined);
  }

  async #connect(): Promise<KafkaCluster> {
    if (this.#isEnded) throw new DomainError('BUS_UNAVAILABLE', 'The bus is closed');
    this.#cluster ??= openCluster(this.kafka);
    const cluster = this.#cluster;
    await cluster.connect();
    if (this.#cluster === cluster) return cluster;
    // Closed while it was connecting: what is connected now, nobody else would close.
    await cluster.disconnect().catch(() => undefined);
    throw new DomainError('BUS_UNAVAILABLE', 'The connection to Kafka was closed');
  }
}
