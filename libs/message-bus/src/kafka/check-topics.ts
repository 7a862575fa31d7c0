import { DomainError } from '@brain/contracts';
import { maxMessageBytesOf } from '../record-limit.js';
import type { ClusterMetadata } from './kafka-cluster.js';

const remedy = 'Bring the topics up to date (infra/kafka/README.md), or name the right cluster';

/** Undefined when the cluster has the topics; else why this process must not use it. */
export function topicsRefusal(
  metadata: Pick<ClusterMetadata, 'topicMetadata'>,
  wanted: readonly { readonly name: string; readonly partitions: number }[],
): DomainError | undefined {
  const counts = new Map(metadata.topicMetadata.map(({ topic, partitionMetadata }) => [topic, partitionMetadata.length]));
  const missing = wanted.filter(({ name }) => !counts.has(name)).map(({ name }) => name);
  if (missing.length > 0) return new DomainError('BUS_REFUSED', `Kafka has no topic ${missing.join(', ')}. ${remedy}`);
  const small = wanted.find(({ name, partitions }) => (counts.get(name) ?? 0) < partitions);
  if (small === undefined) return undefined;
  const figures = `${String(counts.get(small.name))} partitions instead of ${String(small.partitions)}`;
  return new DomainError('BUS_REFUSED', `The topic ${small.name} has ${figures}. ${remedy}`);
}

/** Undefined when every topic takes the largest records of the product; else an event it holds back would stop all behind it. */
export function limitsRefusal(
  wanted: readonly { readonly name: string; readonly maxMessageBytes?: number }[],
  found: ReadonlyMap<string, number>,
): DomainError | undefined {
  for (const { name, maxMessageBytes = maxMessageBytesOf(name) } of wanted) {
    const bytes = found.get(name) ?? 0;
    if (bytes >= maxMessageBytes) continue;
    const figures = `max.message.bytes ${String(bytes)} instead of ${String(maxMessageBytes)}`;
    return new DomainError('BUS_REFUSED', `The topic ${name} has ${figures}. ${remedy}`);
  }
  return undefined;
}
