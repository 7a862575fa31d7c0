import { AssignerProtocol } from 'kafkajs';
import type { ClusterLink } from './cluster-link.js';
import { dealPartitions } from './deal-partitions.js';
import type { JoinAnswer, KafkaBroker } from './kafka-cluster.js';
import { membershipError } from './kafka-errors.js';

export interface MembershipOptions {
  readonly groupId: string;
  readonly topic: string;
  /** How long a member that died keeps its partitions. */
  readonly sessionMs: number;
  /** How long the group waits for a member whose handler still runs. */
  readonly rebalanceMs: number;
}

export interface Share {
  readonly partitions: readonly number[];
  /** Of the topic, when the partitions were dealt. */
  readonly partitionCount: number;
}

const protocolName = 'brain-even';

/** One member of one group in Kafka's own group protocol. Every method asks the coordinator once. */
export class GroupMembership {
  #memberId = '';
  #generationId = -1;
  #coordinator: KafkaBroker | undefined;

  constructor(
    private readonly link: ClusterLink,
    private readonly options: MembershipOptions,
  ) {}

  async join(): Promise<Share> {
    const { groupId, topic, sessionMs, rebalanceMs } = this.options;
    const cluster = await this.link.use(topic);
    await cluster.refreshMetadata();
    const partitionCount = cluster.findTopicPartitionMetadata(topic).length;
    const metadata = AssignerProtocol.MemberMetadata.encode({ version: 1, topics: [topic], userData: Buffer.alloc(0) });
    return this.#ask(async (broker) => {
      const joined = await broker.joinGroup({
        groupId,
        memberId: this.#memberId,
        sessionTimeout: sessionMs,
        rebalanceTimeout: rebalanceMs,
        groupProtocols: [{ name: protocolName, metadata }],
      });
      this.#memberId = joined.memberId;
      this.#generationId = joined.generationId;
      return { partitions: await this.#sync(broker, joined, partitionCount), partitionCount };
    });
  }

  async heartbeat(): Promise<void> {
    const { groupId } = this.options;
    await this.#ask((broker) => broker.heartbeat({ groupId, memberId: this.#memberId, groupGenerationId: this.#generationId }));
  }

  /** Where the group stands in these partitions; undefined where it never was. */
  async committed(partitions: readonly number[]): Promise<ReadonlyMap<number, number | undefined>> {
    const { groupId, topic } = this.options;
    if (partitions.length === 0) return new Map();
    const { responses } = await this.#ask((broker) =>
      broker.offsetFetch({ groupId, topics: [{ topic, partitions: partitions.map((partition) => ({ partition })) }] }),
    );
    const offsets = responses.flatMap((response) => response.partitions);
    return new Map(offsets.map(({ partition, offset }) => [partition, Number(offset) < 0 ? undefined : Number(offset)]));
  }

  /** Refused by the coordinator when this member's time is over. */
  async commit(positions: ReadonlyMap<number, number>): Promise<void> {
    const { groupId, topic } = this.options;
    const partitions = [...positions].map(([partition, offset]) => ({ partition, offset: String(offset) }));
    if (partitions.length === 0) return;
    const [memberId, groupGenerationId] = [this.#memberId, this.#generationId];
    await this.#ask((broker) => broker.offsetCommit({ groupId, memberId, groupGenerationId, topics: [{ topic, partitions }] }));
  }

  async leave(): Promise<void> {
    if (this.#memberId === '') return;
    const memberId = this.#memberId;
    this.#memberId = '';
    await this.#ask((broker) => broker.leaveGroup({ groupId: this.options.groupId, memberId }));
  }

  async #sync(broker: KafkaBroker, joined: JoinAnswer, partitionCount: number): Promise<readonly number[]> {
    const { groupId, topic } = this.options;
    const { memberId, generationId } = joined;
    const shares = memberId === joined.leaderId ? dealPartitions(joined.members.map((member) => member.memberId), partitionCount) : new Map<string, number[]>();
    const groupAssignment = [...shares].map(([member, partitions]) => ({
      memberId: member,
      memberAssignment: AssignerProtocol.MemberAssignment.encode({ version: 1, assignment: { [topic]: [...partitions] }, userData: Buffer.alloc(0) }),
    }));
    const { memberAssignment } = await broker.syncGroup({ groupId, generationId, memberId, groupAssignment });
    return AssignerProtocol.MemberAssignment.decode(memberAssignment)?.assignment[topic] ?? [];
  }

  /** After any error but a plain rebalance the coordinator may be somebody else: it is looked up again. */
  async #ask<T>(request: (broker: KafkaBroker) => Promise<T>): Promise<T> {
    const { groupId } = this.options;
    const cluster = await this.link.use();
    this.#coordinator ??= await cluster.findGroupCoordinator({ groupId });
    try {
      return await request(await cluster.findBroker(this.#coordinator));
    } catch (error) {
      const membership = membershipError(error);
      if (membership === 'UNKNOWN_MEMBER_ID') this.#memberId = '';
      if (membership === undefined) this.#coordinator = undefined;
      throw error;
    }
  }
}
