import type { Lease } from './lease.js';
import { PacedTask } from './paced-task.js';
import type { PostgresEngine } from './postgres-engine.js';

interface Pending {
  readonly nextOffset: number;
  readonly lost: () => void;
}

const paceMs = 250;

/** Only the owner of the moment may commit: whoever took the partition over raised the epoch. */
const commitSql = `
update group_partitions g set committed_offset = greatest(g.committed_offset, c.next_offset)
from unnest($1::text[], $2::text[], $3::int[], $4::uuid[], $5::bigint[], $6::bigint[])
  as c(group_name, topic, partition, owner, epoch, next_offset)
where g.group_name = c.group_name and g.topic = c.topic and g.partition = c.partition
  and g.owner = c.owner and g.epoch = c.epoch
returning g.group_name, g.topic, g.partition`;

/** Commits the offsets of all partitions of this process together, a little behind the handlers. */
export class OffsetCommitter {
  #pending = new Map<Lease, Pending>();
  readonly #task = new PacedTask(paceMs, () => this.#commit());

  constructor(private readonly engine: PostgresEngine) {}

  advance(lease: Lease, nextOffset: number, lost: () => void): void {
    this.#pending.set(lease, { nextOffset, lost });
    this.#task.request();
  }

  /** What could not be committed while the server was away. */
  retry(): void {
    if (this.#pending.size > 0) this.#task.request();
  }

  /** Tries once to commit all there is. */
  flush(): Promise<void> {
    return this.#task.now();
  }

  async #commit(): Promise<void> {
    const pending = this.#pending;
    if (pending.size === 0) return;
    this.#pending = new Map();
    try {
      await this.#write(pending);
    } catch {
      for (const [lease, offset] of pending) if (!this.#pending.has(lease)) this.#pending.set(lease, offset);
    }
  }

  async #write(pending: ReadonlyMap<Lease, Pending>): Promise<void> {
    const leases = [...pending.keys()];
    const rows = await this.engine.relaxed<{ group_name: string; topic: string; partition: number }>(commitSql, [
      leases.map(({ group }) => group),
      leases.map(({ topic }) => topic),
      leases.map(({ partition }) => partition),
      leases.map(({ owner }) => owner),
      leases.map(({ epoch }) => epoch),
      [...pending.values()].map(({ nextOffset }) => nextOffset),
    ]);
    const committed = new Set(rows.map(({ group_name, topic, partition }) => `${group_name} ${topic} ${partition}`));
    for (const [{ group, topic, partition }, { lost }] of pending) {
      if (!committed.has(`${group} ${topic} ${partition}`)) lost();
    }
  }
}
