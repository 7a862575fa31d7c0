import type { DeliveredRecord } from '../message-bus.port.js';
import { PacedTask } from './paced-task.js';
import type { PostgresEngine } from './postgres-engine.js';
import { decodeBatch, type ReadLimits, type StoredBatch } from './record-batches.js';

interface Request {
  readonly topic: string;
  readonly partition: number;
  readonly from: number;
  readonly resolve: (records: DeliveredRecord[]) => void;
  readonly reject: (error: unknown) => void;
}

interface FetchedRow extends StoredBatch {
  readonly request: string;
}

const paceMs = 5;
const rowsLookedAt = 200;

/**
 * For each request the rows that follow its offset, whole rows until a limit is passed; at least one. The first row
 * is the one that contains the offset.
 */
const fetchSql = `
select r.request, b.topic, b.partition, b.first_offset, b.published_at, b.records
from unnest($1::text[], $2::int[], $3::bigint[]) with ordinality as r(topic, partition, from_offset, request)
cross join lateral (
  select *, sum(record_count) over before as records_before, sum(bytes) over before as bytes_before
  from (
    select * from record_batches
    where topic = r.topic and partition = r.partition and first_offset >= coalesce((
      select first_offset from record_batches
      where topic = r.topic and partition = r.partition and first_offset <= r.from_offset
      order by first_offset desc limit 1
    ), 0) and first_offset + record_count > r.from_offset
    order by first_offset limit $6
  ) looked_at
  window before as (order by first_offset rows between unbounded preceding and 1 preceding)
) b
where coalesce(b.records_before, 0) < $4 and coalesce(b.bytes_before, 0) < $5
order by r.request, b.first_offset`;

/** Reads for all partitions of this process at once: under load, one query every few milliseconds for all of them. */
export class Fetcher {
  #requests: Request[] = [];
  readonly #task = new PacedTask(paceMs, () => this.#fetchAll());

  constructor(
    private readonly engine: PostgresEngine,
    private readonly limits: ReadLimits,
  ) {}

  fetch(topic: string, partition: number, from: number): Promise<DeliveredRecord[]> {
    return new Promise((resolve, reject) => {
      this.#requests.push({ topic, partition, from, resolve, reject });
      this.#task.request();
    });
  }

  async #fetchAll(): Promise<void> {
    const requests = this.#requests;
    this.#requests = [];
    try {
      const rows = await this.#read(requests);
      requests.forEach((request, index) => {
        const own = rows.filter((row) => Number(row.request) === index + 1);
        request.resolve(own.flatMap((row) => decodeBatch(row, request.from)));
      });
    } catch (error) {
      for (const { reject } of requests) reject(error);
    }
  }

  #read(requests: readonly Request[]): Promise<FetchedRow[]> {
    return this.engine.relaxed<FetchedRow>(fetchSql, [
      requests.map(({ topic }) => topic),
      requests.map(({ partition }) => partition),
      requests.map(({ from }) => from),
      this.limits.records,
      this.limits.bytes,
      rowsLookedAt,
    ]);
  }
}
