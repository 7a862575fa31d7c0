import { partitionOf } from '../partition-of.js';

export interface Share {
  /** How many partitions to take when they become free. */
  readonly claim: number;
  /** How many to give up. */
  readonly release: number;
}

/**
 * What a member owes the others of its group for one topic. Every member computes it alone from the same list, and
 * who already holds a fair number keeps exactly those. Each topic gives its odd partitions to other members.
 */
export function fairShare(
  member: string,
  members: readonly string[],
  topic: { readonly name: string; readonly partitions: number },
  held: number,
): Share {
  const sorted = [...members].sort();
  const index = sorted.indexOf(member);
  if (index < 0) return { claim: 0, release: held };
  const rank = (index + partitionOf(topic.name, sorted.length)) % sorted.length;
  const extra = rank < topic.partitions % sorted.length ? 1 : 0;
  const quota = Math.floor(topic.partitions / sorted.length) + extra;
  return { claim: Math.max(0, quota - held), release: Math.max(0, held - quota) };
}
