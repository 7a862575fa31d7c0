import { StopSignal } from '../stop-signal.js';
import type { ClusterLink } from './cluster-link.js';
import { GroupMembership, type MembershipOptions } from './group-membership.js';
import { GroupSession, type SessionOptions } from './group-session.js';
import { isRefused, membershipError } from './kafka-errors.js';

export type MemberOptions = Omit<MembershipOptions, 'topic'> & SessionOptions & { readonly startFrom: 'earliest' | 'latest' };

const longestPauseMs = 2_000;
/** How long the start of a subscription may take before its caller is told why it does not. */
const startMs = 30_000;

/** One subscription to one topic, through all its rebalances and reconnections. */
export class GroupMember {
  /** Resolves once it has its first share and knows where to start. */
  readonly started: Promise<void>;
  readonly #stop = new StopSignal();
  readonly #membership: GroupMembership;
  readonly #ended: Promise<void>;
  #session: GroupSession | undefined;
  #isStarted: () => void = () => undefined;
  #cannotStart: (error: unknown) => void = () => undefined;

  constructor(
    private readonly link: ClusterLink,
    private readonly options: MemberOptions,
  ) {
    const { groupId, physicalTopic, sessionMs, rebalanceMs } = options;
    this.#membership = new GroupMembership(link, { groupId, topic: physicalTopic, sessionMs, rebalanceMs });
    this.started = new Promise((resolve, reject) => {
      this.#isStarted = resolve;
      this.#cannotStart = reject;
    });
    this.started.catch(() => undefined);
    this.#ended = this.#run();
  }

  get readAhead(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.readAhead, 0);
  }

  wake(): void {
    for (const lane of this.#lanes) lane.wake();
  }

  /** Waits for the running handlers, commits what they did and leaves the group. */
  async close(): Promise<void> {
    this.#stop.stop();
    this.#session?.stop();
    await this.#ended;
    await this.link.end();
  }

  get #lanes() {
    return [...(this.#session?.lanes.values() ?? [])];
  }

  async #run(): Promise<void> {
    const giveUpAt = Date.now() + startMs;
    let pauseMs = 100;
    while (!this.#stop.stopped) {
      try {
        await this.#takeShare();
        pauseMs = 100;
      } catch (error) {
        if (membershipError(error) !== undefined) {
          await this.#stop.pause(20);
          continue;
        }
        if (Date.now() > giveUpAt || isRefused(error)) this.#cannotStart(error);
        await this.link.recover();
        await this.#stop.pause(pauseMs);
        // oxlint-disable-next-line no-useless-assignment -- the next failure waits that long
        pauseMs = Math.min(longestPauseMs, pauseMs * 2);
      }
    }
    await this.#membership.leave().catch(() => undefined); // its session runs out by itself
  }

  async #takeShare(): Promise<void> {
    const share = await this.#orStopped(this.#membership.join());
    if (share === undefined) return;
    const positions = await this.#positions(share.partitions);
    if (this.#stop.stopped) return;
    this.#session = new GroupSession(this.link, this.#membership, this.options);
    this.#isStarted();
    await this.#session.run(share, positions);
    this.#session = undefined;
  }

  /** A group that is waiting for others must not hold up the end of this process. */
  async #orStopped<T>(joining: Promise<T>): Promise<T | undefined> {
    return Promise.race([joining, this.#stop.whenStopped.then(() => undefined)]);
  }

  /** The first member of a new group writes down where it begins: `latest` means now, not the first record to come. */
  async #positions(partitions: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const committed = await this.#membership.committed(partitions);
    const missing = partitions.filter((partition) => committed.get(partition) === undefined);
    const begin = await this.#beginning(missing);
    await this.#membership.commit(begin);
    return new Map(partitions.map((partition) => [partition, committed.get(partition) ?? begin.get(partition) ?? 0]));
  }

  async #beginning(partitions: readonly number[]): Promise<ReadonlyMap<number, number>> {
    if (partitions.length === 0) return new Map();
    const { physicalTopic: topic, startFrom } = this.options;
    const cluster = await this.link.use(topic);
    const asked = { topic, partitions: partitions.map((partition) => ({ partition })), fromBeginning: startFrom === 'earliest' };
    const [answer] = await cluster.fetchTopicsOffset([asked]);
    return new Map((answer?.partitions ?? []).map(({ partition, offset }) => [partition, Number(offset)]));
  }
}
