import { DomainError } from '@brain/contracts';
import type { ClusterLink } from './cluster-link.js';
import { busError, protocolType } from './kafka-errors.js';

export interface TopicLayout {
  readonly partitions: number;
  /** The largest record batch its brokers take. */
  readonly maxBytes: number;
}

const topicResource = 2;
/** Kafka's own default, for who may not read the configuration. */
const defaultMaxBytes = 1_048_588;

/** Read once: who grows a topic restarts its publishers. */
export class TopicLayouts {
  readonly #layouts = new Map<string, Promise<TopicLayout>>();

  constructor(
    private readonly link: ClusterLink,
    private readonly physical: (topic: string) => string,
  ) {}

  of(topic: string): Promise<TopicLayout> {
    const known = this.#layouts.get(topic);
    if (known !== undefined) return known;
    const asked = this.#ask(topic);
    this.#layouts.set(topic, asked);
    asked.catch(() => this.#layouts.delete(topic));
    return asked;
  }

  async #ask(topic: string): Promise<TopicLayout> {
    try {
      const cluster = await this.link.use();
      const metadata = await cluster.metadata({ topics: [this.physical(topic)] });
      if (metadata === null) throw new DomainError('BUS_UNAVAILABLE', 'No broker of Kafka answers');
      const partitions = metadata.topicMetadata[0]?.partitionMetadata.length ?? 0;
      if (partitions === 0) throw unknownTopic(topic);
      return { partitions, maxBytes: await this.#maxBytes(topic) };
    } catch (error) {
      if (protocolType(error) === 'UNKNOWN_TOPIC_OR_PARTITION') throw unknownTopic(topic);
      throw busError(error);
    }
  }

  async #maxBytes(topic: string): Promise<number> {
    try {
      const broker = await (await this.link.use()).findControllerBroker();
      const query = { type: topicResource, name: this.physical(topic), configNames: ['max.message.bytes'] };
      const { resources } = await broker.describeConfigs({ resources: [query] });
      return Number(resources[0]?.configEntries[0]?.configValue ?? defaultMaxBytes);
    } catch (error) {
      if (protocolType(error)?.endsWith('_AUTHORIZATION_FAILED') === true) return defaultMaxBytes;
      throw error;
    }
  }
}

function unknownTopic(topic: string): DomainError {
  return new DomainError('TOPIC_UNKNOWN', `There is no topic ${topic}`);
}
