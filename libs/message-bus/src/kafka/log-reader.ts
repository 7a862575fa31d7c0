import type { ClusterLink } from './cluster-link.js';
import type { FetchedMessage } from './kafka-cluster.js';

export interface LogChunk {
  readonly messages: readonly FetchedMessage[];
  readonly next: number;
}

const partition = 0;
const chunkBytes = 1024 * 1024;

/** Reads a topic of one partition by offset, outside of any group. */
export class LogReader {
  constructor(
    private readonly link: ClusterLink,
    private readonly topic: string,
  ) {}

  /** The offsets of the oldest record and of the next one to come. */
  async bounds(): Promise<{ readonly first: number; readonly end: number }> {
    return { first: await this.#edge(true), end: await this.#edge(false) };
  }

  async read(from: number, waitMs = 0): Promise<LogChunk> {
    const cluster = await this.link.use(this.topic);
    const leader = Object.keys(cluster.findLeaderForPartitions(this.topic, [partition]))[0];
    const broker = await cluster.findBroker({ nodeId: Number(leader) });
    const topics = [{ topic: this.topic, partitions: [{ partition, fetchOffset: String(from), maxBytes: chunkBytes }] }];
    const { responses } = await broker.fetch({ maxWaitTime: waitMs, minBytes: 1, maxBytes: chunkBytes, topics });
    const all = responses[0]?.partitions[0]?.messages ?? [];
    const messages = all.filter(({ offset }) => Number(offset) >= from);
    return { messages, next: Number(messages.at(-1)?.offset ?? from - 1) + 1 };
  }

  async #edge(fromBeginning: boolean): Promise<number> {
    const cluster = await this.link.use(this.topic);
    const [answer] = await cluster.fetchTopicsOffset([{ topic: this.topic, partitions: [{ partition }], fromBeginning }]);
    return Number(answer?.partitions[0]?.offset ?? 0);
  }
}
