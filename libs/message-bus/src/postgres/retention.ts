import type { PostgresEngine } from './postgres-engine.js';

/** Whoever moves the time of the next run on has the job; the others find nothing to do. */
const takeTurnSql = `
update jobs set next_run_at = clock_timestamp() + make_interval(secs => $1)
where name = 'retention' and next_run_at <= clock_timestamp() returning name`;

/** Partitions whose oldest row is old enough: one look at the end of each index, so that idle topics cost nothing. */
const oldSql = `
select p.topic, p.partition from partitions p join topics t on t.name = p.topic
cross join lateral (
  select published_at from record_batches b where b.topic = p.topic and b.partition = p.partition
  order by first_offset limit 1
) oldest
where oldest.published_at < clock_timestamp() - t.retention`;

/** The oldest rows of one partition, as far as they are old enough and every group has committed what is in them. */
const deleteSql = `
delete from record_batches where topic = $1 and partition = $2 and first_offset < (
  select max(first_offset + record_count) from (
    select first_offset, record_count, published_at from record_batches
    where topic = $1 and partition = $2 order by first_offset limit $3
  ) oldest
  where published_at < clock_timestamp() - (select retention from topics where name = $1)
    and first_offset + record_count <= coalesce(
      (select min(committed_offset) from group_partitions where topic = $1 and partition = $2), first_offset + record_count)
)
returning first_offset`;

/** Bounds the transaction, which must stay short. */
const rowsAtOnce = 500;

/** Deletes what is older than its topic keeps and read by every group. One process at a time does it for all. */
export class Retention {
  #nextLook = 0;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly engine: PostgresEngine,
    private readonly everyMs: number,
  ) {}

  /** Beside the pulse of the subscriptions, which must not wait for it. */
  runWhenDue(): void {
    if (performance.now() < this.#nextLook) return;
    this.#nextLook = performance.now() + this.everyMs;
    this.#running = this.#takeTurn().catch(() => undefined); // the server is away; the next turn deletes it
  }

  finished(): Promise<void> {
    return this.#running;
  }

  async #takeTurn(): Promise<void> {
    const turn = await this.engine.relaxed(takeTurnSql, [this.everyMs / 1000]);
    if (turn.length === 0) return;
    const old = await this.engine.relaxed<{ topic: string; partition: number }>(oldSql);
    for (const { topic, partition } of old) await this.#clean(topic, partition);
  }

  async #clean(topic: string, partition: number): Promise<void> {
    let deleted: number;
    do {
      deleted = (await this.engine.relaxed(deleteSql, [topic, partition, rowsAtOnce])).length;
    } while (deleted === rowsAtOnce);
  }
}
