import type { ClusterLink } from './cluster-link.js';
import type { TopicOffsets } from './kafka-cluster.js';

type Offsets = ReadonlyMap<number, number>;

/** What a group of Kafka has still before it in a topic. Where it has no position yet, that is all the topic holds. */
export async function lagOf(link: ClusterLink, groupId: string, topic: string): Promise<number> {
  const cluster = await link.use(topic);
  const partitions = cluster.findTopicPartitionMetadata(topic).map(({ partitionId: partition }) => ({ partition }));
  const coordinator = await cluster.findBroker(await cluster.findGroupCoordinator({ groupId }));
  const [{ responses }, ends, starts] = await Promise.all([
    coordinator.offsetFetch({ groupId, topics: [{ topic, partitions }] }),
    cluster.fetchTopicsOffset([{ topic, partitions, fromBeginning: false }]),
    cluster.fetchTopicsOffset([{ topic, partitions, fromBeginning: true }]),
  ]);
  return recordsBehind(offsetsOf(responses), offsetsOf(starts), offsetsOf(ends));
}

export function recordsBehind(committed: Offsets, starts: Offsets, ends: Offsets): number {
  return [...ends].reduce((sum, [partition, end]) => {
    const position = Math.max(committed.get(partition) ?? -1, starts.get(partition) ?? 0);
    return sum + Math.max(0, end - position);
  }, 0);
}

function offsetsOf(answers: readonly TopicOffsets[]): Offsets {
  return new Map(answers.flatMap(({ partitions }) => partitions.map(({ partition, offset }) => [partition, Number(offset)] as const)));
}
