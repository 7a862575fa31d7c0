import type { PostgresEngine } from './postgres-engine.js';

/** Whoever moves the time of the next run on has the job; the others find nothing to do. */
const takeTurnSql = `
update jobs set next_run_at = clock_timestamp() + make_interval(secs => $1)
where name = 'retention' and next_run_at <= clock_timestamp() returning name`;

/** A few hundred rows a partition at a time, so that no transaction gets long. */
const deleteSql = `
delete from record_batches d
using topics t, partitions p cross join lateral (
  select first_offset, record_count, published_at from record_batches
  where topic = p.topic and partition = p.partition order by first_offset limit 500
) oldest
where t.name = p.topic and d.topic = p.topic and d.partition = p.partition and d.first_offset = oldest.first_offset
  and oldest.published_at < clock_timestamp() - t.retention
  and oldest.first_offset + oldest.record_count <= coalesce(
    (select min(committed_offset) from group_partitions g where g.topic = p.topic and g.partition = p.partition),
    p.next_offset)
returning d.record_count`;

/** Deletes what is older than its topic keeps and read by every group. One process at a time does it for all. */
export class Retention {
  #nextLook = 0;

  constructor(
    private readonly engine: PostgresEngine,
    private readonly everyMs: number,
  ) {}

  async runWhenDue(): Promise<void> {
    if (performance.now() < this.#nextLook) return;
    this.#nextLook = performance.now() + this.everyMs;
    const turn = await this.engine.relaxed(takeTurnSql, [this.everyMs / 1000]);
    if (turn.length > 0) await this.run();
  }

  async run(): Promise<void> {
    for (;;) {
      const deleted = await this.engine.relaxed(deleteSql);
      if (deleted.length === 0) return;
    }
  }
}
