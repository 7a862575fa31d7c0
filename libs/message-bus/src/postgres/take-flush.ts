/** What one call of publish() sends to one partition. `id` is `topic/partition`. */
export interface Slice {
  readonly id: string;
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly string[];
}

export interface PublishCall {
  readonly slices: readonly Slice[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const maxRecords = 5_000;

/**
 * Removes from the queue what the next flush may write: calls in their order, but none that touches a partition
 * another flush is writing or an earlier call still waits for. So records of one key never overtake each other.
 */
export function takeFlush(waiting: PublishCall[], busy: ReadonlySet<string>): readonly PublishCall[] {
  const blocked = new Set(busy);
  const taken: PublishCall[] = [];
  const left: PublishCall[] = [];
  let records = 0;
  for (const call of waiting) {
    if (records < maxRecords && call.slices.every(({ id }) => !blocked.has(id))) {
      taken.push(call);
      records += call.slices.reduce((sum, slice) => sum + slice.records.length, 0);
    } else {
      left.push(call);
      for (const { id } of call.slices) blocked.add(id);
    }
  }
  waiting.splice(0, waiting.length, ...left);
  return taken;
}
