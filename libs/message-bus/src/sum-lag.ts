import type { GroupLag } from './message-bus.port.js';

/** One figure a group and topic, however many subscriptions and partitions they have; sorted, so that callers may compare. */
export function sumLag(parts: readonly GroupLag[]): readonly GroupLag[] {
  const sums = new Map<string, GroupLag>();
  for (const { group, topic, records } of parts) {
    const id = `${group} ${topic}`;
    sums.set(id, { group, topic, records: (sums.get(id)?.records ?? 0) + records });
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, lag]) => lag);
}
