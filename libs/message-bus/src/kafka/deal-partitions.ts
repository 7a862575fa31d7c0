/** Every partition to one member; no member has two more than another. All members must compute the same. */
export function dealPartitions(members: readonly string[], partitions: number): ReadonlyMap<string, readonly number[]> {
  const sorted = [...members].sort();
  const all = Array.from({ length: partitions }, (_, partition) => partition);
  return new Map(sorted.map((member, index) => [member, all.filter((partition) => partition % sorted.length === index)]));
}
