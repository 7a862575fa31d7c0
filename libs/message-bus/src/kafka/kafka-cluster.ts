import type { Kafka } from 'kafkajs';

/**
 * The requests of the protocol as kafkajs sends them. Its own consumer is not used (see Decisions in the README);
 * these functions are, and the client's type definitions leave half of them out.
 */
export interface KafkaBroker {
  readonly nodeId: number;
  describeConfigs(request: { resources: readonly ConfigQuery[] }): Promise<{ resources: readonly ConfigAnswer[] }>;
  joinGroup(request: {
    groupId: string;
    sessionTimeout: number;
    rebalanceTimeout: number;
    memberId: string;
    groupProtocols: readonly { name: string; metadata: Buffer }[];
  }): Promise<JoinAnswer>;
  syncGroup(request: GroupMemberKey & { generationId: number; groupAssignment: readonly MemberShare[] }): Promise<{ memberAssignment: Buffer }>;
  heartbeat(request: GroupMemberKey & { groupGenerationId: number }): Promise<unknown>;
  leaveGroup(request: GroupMemberKey): Promise<unknown>;
  offsetCommit(request: GroupMemberKey & { groupGenerationId: number; topics: readonly TopicOffsets[] }): Promise<unknown>;
  offsetFetch(request: { groupId: string; topics: readonly TopicPartitions[] }): Promise<{ responses: readonly TopicOffsets[] }>;
  fetch(request: {
    maxWaitTime: number;
    minBytes: number;
    maxBytes: number;
    topics: readonly { topic: string; partitions: readonly FetchPartition[] }[];
  }): Promise<{ responses: readonly { topicName: string; partitions: readonly FetchedPartition[] }[] }>;
}

export interface KafkaCluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  refreshMetadata(): Promise<void>;
  /** Of any broker; null when none answers. */
  metadata(request: { topics: readonly string[] }): Promise<ClusterMetadata | null>;
  addTargetTopic(topic: string): Promise<void>;
  findBroker(node: { nodeId: number }): Promise<KafkaBroker>;
  findControllerBroker(): Promise<KafkaBroker>;
  findGroupCoordinator(group: { groupId: string }): Promise<KafkaBroker>;
  findLeaderForPartitions(topic: string, partitions: readonly number[]): Readonly<Record<string, readonly number[]>>;
  findTopicPartitionMetadata(topic: string): readonly { partitionId: number }[];
  fetchTopicsOffset(topics: readonly { topic: string; partitions: readonly { partition: number }[]; fromBeginning: boolean }[]): Promise<readonly TopicOffsets[]>;
}

export interface ClusterMetadata {
  readonly clusterId: string;
  readonly brokers: readonly { nodeId: number }[];
  readonly topicMetadata: readonly {
    readonly topic: string;
    readonly topicErrorCode: number;
    readonly partitionMetadata: readonly { partitionId: number }[];
  }[];
}

interface GroupMemberKey {
  groupId: string;
  memberId: string;
}

export interface JoinAnswer {
  readonly generationId: number;
  readonly leaderId: string;
  readonly memberId: string;
  readonly members: readonly { memberId: string }[];
}

export interface MemberShare {
  readonly memberId: string;
  readonly memberAssignment: Buffer;
}

interface TopicPartitions {
  readonly topic: string;
  readonly partitions: readonly { partition: number }[];
}

export interface TopicOffsets {
  readonly topic: string;
  readonly partitions: readonly { partition: number; offset: string }[];
}

interface FetchPartition {
  readonly partition: number;
  readonly fetchOffset: string;
  readonly maxBytes: number;
}

export interface FetchedPartition {
  readonly partition: number;
  readonly highWatermark: string;
  readonly messages: readonly FetchedMessage[];
}

export interface FetchedMessage {
  readonly offset: string;
  readonly timestamp: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>;
  readonly isControlRecord?: boolean;
}

interface ConfigQuery {
  readonly type: number;
  readonly name: string;
  readonly configNames?: readonly string[];
}

export interface ConfigAnswer {
  readonly resourceName: string;
  readonly configEntries: readonly { configName: string; configValue: string }[];
}

/** Connections of its own. kafkajs gives its cluster away only to the assigners of a consumer; this one never runs. */
export function openCluster(kafka: Kafka): KafkaCluster {
  let opened: KafkaCluster | undefined;
  kafka.consumer({
    groupId: 'never-joined',
    allowAutoTopicCreation: false,
    partitionAssigners: [
      ({ cluster }) => {
        opened = cluster as unknown as KafkaCluster;
        return {
          name: 'none',
          version: 0,
          assign: () => Promise.resolve([]),
          protocol: () => ({ name: 'none', metadata: Buffer.alloc(0) }),
        };
      },
    ],
  });
  if (opened === undefined) throw new Error('kafkajs no longer gives its cluster to the assigners');
  return opened;
}
