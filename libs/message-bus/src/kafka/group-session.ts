import { StopSignal } from '../stop-signal.js';
import type { ClusterLink } from './cluster-link.js';
import { Fetcher } from './fetcher.js';
import type { GroupMembership, Share } from './group-membership.js';
import { KafkaLane, type LaneWork } from './kafka-lane.js';
import { membershipError } from './kafka-errors.js';
import type { LaneLetters } from './lane-letters.js';
import { PositionCommits } from './position-commits.js';

export interface SessionOptions {
  readonly physicalTopic: string;
  readonly topic: string;
  readonly work: LaneWork;
  readonly letters: LaneLetters;
  readonly sessionMs: number;
  readonly heartbeatMs: number;
}

/** Offsets are committed at most so far behind the handlers. */
const commitEveryMs = 100;
/** How often the number of partitions is looked at. */
const growthEveryMs = 60_000;

/** What a member does with its share, from one rebalance to the next. */
export class GroupSession {
  readonly lanes = new Map<number, KafkaLane>();
  readonly #stop = new StopSignal();
  readonly #commits: PositionCommits;
  #drained = false;
  #wake: () => void = () => undefined;

  constructor(
    private readonly link: ClusterLink,
    private readonly membership: GroupMembership,
    private readonly options: SessionOptions,
  ) {
    this.#commits = new PositionCommits((positions) => membership.commit(positions));
  }

  /**
   * Resolves when the member must join again, or leave. By then its handlers are done and committed: Kafka gives the
   * partitions away only after that, so no key is handled in two places.
   */
  async run(share: Share, positions: ReadonlyMap<number, number>): Promise<void> {
    const { physicalTopic, topic, work, letters } = this.options;
    const stop = this.#stop;
    const fetcher = new Fetcher(this.link, this.lanes, { physicalTopic, topic, partitionBytes: work.readAhead.bytes, stop });
    const plumbing = {
      letters,
      advance: (partition: number, position: number) => this.#commits.advance(partition, position),
      commit: () => this.#commits.flush().catch(() => undefined),
      hungry: () => fetcher.pump(),
    };
    for (const [partition, position] of positions) this.lanes.set(partition, new KafkaLane(partition, position, work, plumbing));
    fetcher.pump();
    const committing = this.#keepCommitting();
    const growing = this.#watchGrowth(share.partitionCount);
    await this.#keepAlive();
    await Promise.all([committing, growing]);
    await this.#commits.flush().catch(() => undefined); // whoever comes next takes these records again
  }

  /** The lanes end as soon as their handlers do. */
  stop(): void {
    this.#stop.stop();
    for (const lane of this.lanes.values()) lane.stop();
  }

  /** Goes on while the last handlers run: the group waits only for those who are heard of. */
  async #keepAlive(): Promise<void> {
    let heardAt = Date.now();
    void this.#untilDrained();
    while (!this.#drained) {
      await this.#pauseUnlessDrained(this.options.heartbeatMs);
      try {
        await this.membership.heartbeat();
        heardAt = Date.now();
      } catch (error) {
        if (membershipError(error) !== undefined || Date.now() - heardAt > this.options.sessionMs) this.stop();
      }
    }
  }

  async #untilDrained(): Promise<void> {
    await this.#stop.whenStopped;
    await Promise.all([...this.lanes.values()].map(({ finished }) => finished));
    this.#drained = true;
    this.#wake();
  }

  async #pauseUnlessDrained(ms: number): Promise<void> {
    if (this.#drained) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #keepCommitting(): Promise<void> {
    while (await this.#stop.pause(commitEveryMs)) await this.#commits.flush().catch(() => undefined);
  }

  /** New partitions are dealt at the next rebalance, which the member that sees them starts. */
  async #watchGrowth(count: number): Promise<void> {
    const { physicalTopic } = this.options;
    while (await this.#stop.pause(growthEveryMs)) {
      try {
        const cluster = await this.link.use(physicalTopic);
        await cluster.refreshMetadata();
        if (cluster.findTopicPartitionMetadata(physicalTopic).length > count) this.stop();
      } catch {
        // Looked at again in a minute.
      }
    }
  }
}
