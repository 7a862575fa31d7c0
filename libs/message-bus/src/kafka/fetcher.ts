import type { StopSignal } from '../stop-signal.js';
import type { ClusterLink } from './cluster-link.js';
import type { FetchedPartition, KafkaCluster } from './kafka-cluster.js';
import type { KafkaLane } from './kafka-lane.js';
import { protocolType } from './kafka-errors.js';
import { decodeRecord } from './record-codec.js';

export interface FetcherOptions {
  /** As the broker knows it. */
  readonly physicalTopic: string;
  readonly topic: string;
  readonly partitionBytes: number;
  readonly stop: StopSignal;
}

/** How long a broker may hold a request when it has nothing new; a lane that is hungry again waits as long at most. */
const waitMs = 250;
const responseBytes = 10 * 1024 * 1024;

/** Feeds the lanes of one member: one request on its way to each broker, for the lanes that are hungry. */
export class Fetcher {
  readonly #busy = new Set<string>();
  #pauseMs = 50;
  #isLost = false;

  constructor(
    private readonly link: ClusterLink,
    private readonly lanes: ReadonlyMap<number, KafkaLane>,
    private readonly options: FetcherOptions,
  ) {}

  /** Call it whenever a lane may have become hungry. */
  pump(): void {
    if (!this.options.stop.stopped && !this.#isLost) void this.#pump();
  }

  async #pump(): Promise<void> {
    try {
      const { physicalTopic } = this.options;
      const cluster = await this.link.use(physicalTopic);
      const partitions = [...this.lanes.values()].filter(({ isHungry }) => isHungry).map(({ partition }) => partition);
      const byLeader = cluster.findLeaderForPartitions(physicalTopic, partitions);
      for (const [node, led] of Object.entries(byLeader)) this.#start(cluster, node, led);
    } catch (error) {
      if (this.#isLost) return;
      this.#isLost = true;
      await this.#recover(error, undefined);
    }
  }

  #start(cluster: KafkaCluster, node: string, partitions: readonly number[]): void {
    if (this.#busy.has(node)) return;
    this.#busy.add(node);
    const lanes = partitions.flatMap((partition) => this.lanes.get(partition) ?? []);
    this.#fetch(cluster, Number(node), lanes).then(
      () => {
        this.#pauseMs = 50;
        this.#busy.delete(node);
        this.pump();
      },
      (error: unknown) => this.#recover(error, node),
    );
  }

  async #fetch(cluster: KafkaCluster, nodeId: number, lanes: readonly KafkaLane[]): Promise<void> {
    const { physicalTopic: topic, partitionBytes: maxBytes } = this.options;
    const broker = await cluster.findBroker({ nodeId });
    const asked = lanes.map(({ partition, fetchFrom }) => ({ partition, fetchOffset: String(fetchFrom), maxBytes }));
    const topics = [{ topic, partitions: asked }];
    const { responses } = await broker.fetch({ maxWaitTime: waitMs, minBytes: 1, maxBytes: responseBytes, topics });
    for (const fetched of responses.flatMap(({ partitions }) => partitions)) this.#feed(fetched);
  }

  #feed({ partition, messages }: FetchedPartition): void {
    const lane = this.lanes.get(partition);
    const last = messages.at(-1);
    if (lane === undefined || last === undefined) return;
    // A broker gives whole batches, also when only their end was asked for.
    const wanted = messages.filter(({ offset }) => Number(offset) >= lane.fetchFrom);
    const records = wanted
      .filter(({ isControlRecord }) => isControlRecord !== true)
      .map((message) => ({ record: decodeRecord(this.options.topic, partition, message), bytes: (message.value?.length ?? 0) + 100 }));
    lane.feed(records, Math.max(lane.fetchFrom, Number(last.offset) + 1));
  }

  /** `node`: whose request failed; undefined when it is not even known whom to ask. */
  async #recover(error: unknown, node: string | undefined): Promise<void> {
    if (protocolType(error) === 'OFFSET_OUT_OF_RANGE') await this.#skipWhatIsGone(error).catch(() => undefined);
    else await this.link.recover();
    await this.options.stop.pause(this.#pauseMs);
    this.#pauseMs = Math.min(2_000, this.#pauseMs * 2);
    if (node === undefined) this.#isLost = false;
    else this.#busy.delete(node);
    this.pump();
  }

  async #skipWhatIsGone(error: unknown): Promise<void> {
    const { physicalTopic } = this.options;
    const lane = error instanceof Error && 'partition' in error ? this.lanes.get(Number(error.partition)) : undefined;
    if (lane === undefined) return;
    const cluster = await this.link.use(physicalTopic);
    const topics = [{ topic: physicalTopic, partitions: [{ partition: lane.partition }], fromBeginning: true }];
    const [oldest] = await cluster.fetchTopicsOffset(topics);
    lane.skipTo(Number(oldest?.partitions[0]?.offset ?? 0));
  }
}
