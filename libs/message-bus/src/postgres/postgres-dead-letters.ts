import { deadLetterUnknown } from '../dead-letter-unknown.js';
import { describeError } from '../describe-error.js';
import type { DeadLetter, DeadLetters, DeliveredRecord } from '../message-bus.port.js';
import { LeaseLost, type Lease } from './lease.js';
import type { PostgresEngine } from './postgres-engine.js';

interface DeadLetterRow {
  readonly id: string;
  readonly group_name: string;
  readonly record: DeliveredRecord;
  readonly error: string;
  readonly failed_at: Date;
  readonly replayed_at: Date | null;
}

/** The record leaves the partition and enters the dead letters in one statement, or neither. */
const burySql = `
with moved as (
  update group_partitions set committed_offset = $6
  where group_name = $1 and topic = $2 and partition = $3 and owner = $4 and epoch = $5
  returning 1
)
insert into dead_letters (group_name, topic, partition, record_offset, record, error)
select $1, $2, $3, $6::bigint - 1, $7, $8 from moved
returning id`;

export class PostgresDeadLetters implements DeadLetters {
  constructor(
    private readonly engine: PostgresEngine,
    private readonly groupChanged: (group: string) => Promise<void>,
  ) {}

  async list(options: { group?: string; after?: string; limit?: number } = {}): Promise<readonly DeadLetter[]> {
    const rows = await this.engine.relaxed<DeadLetterRow>(
      `select id, group_name, record, error, failed_at, replayed_at from dead_letters
       where ($1::text is null or group_name = $1) and id > $2::bigint order by id limit $3`,
      [options.group ?? null, idNumber(options.after ?? '0'), options.limit ?? 100],
    );
    return rows.map(toDeadLetter);
  }

  async get(id: string): Promise<DeadLetter> {
    const [row] = await this.engine.relaxed<DeadLetterRow>(
      'select id, group_name, record, error, failed_at, replayed_at from dead_letters where id = $1::bigint',
      [idNumber(id)],
    );
    if (row === undefined) throw deadLetterUnknown(id);
    return toDeadLetter(row);
  }

  /** Returns when the wish is stored: whichever member owns the partition then carries it out. */
  async replay(id: string): Promise<void> {
    const [letter] = await this.engine.durable<{ group_name: string }>(
      `update dead_letters d set replay_after = p.next_offset from partitions p
       where d.id = $1::bigint and p.topic = d.topic and p.partition = d.partition returning d.group_name`,
      [idNumber(id)],
    );
    if (letter === undefined) throw deadLetterUnknown(id);
    await this.groupChanged(letter.group_name);
  }

  async bury({ group, topic, partition, owner, epoch }: Lease, record: DeliveredRecord, error: unknown): Promise<void> {
    const values = [group, topic, partition, owner, epoch, record.offset + 1];
    const rows = await this.engine.relaxed(burySql, [...values, JSON.stringify(record), storable(error)]);
    if (rows.length === 0) throw new LeaseLost({ group, topic, partition, owner, epoch });
  }

  /** Undefined when somebody has replayed it in the meantime. */
  async toReplay(id: string): Promise<DeliveredRecord | undefined> {
    const [row] = await this.engine.relaxed<{ record: DeliveredRecord }>(
      'select record from dead_letters where id = $1 and replay_after is not null',
      [id],
    );
    return row?.record;
  }

  async replayed(id: string): Promise<void> {
    await this.engine.relaxed('update dead_letters set replay_after = null, replayed_at = clock_timestamp() where id = $1', [id]);
  }

  async failedAgain(id: string, error: unknown): Promise<void> {
    await this.engine.relaxed(
      'update dead_letters set replay_after = null, failed_at = clock_timestamp(), error = $2 where id = $1',
      [id, storable(error)],
    );
  }
}

/** The text type holds everything but the zero character. */
function storable(error: unknown): string {
  return describeError(error).replaceAll('\u0000', '\uFFFD');
}

function idNumber(id: string): string {
  if (!/^\d{1,18}$/.test(id)) throw deadLetterUnknown(id);
  return id;
}

function toDeadLetter(row: DeadLetterRow): DeadLetter {
  return {
    id: row.id,
    group: row.group_name,
    record: row.record,
    error: row.error,
    failedAt: row.failed_at.toISOString(),
    replayedAt: row.replayed_at?.toISOString() ?? null,
  };
}
