import type { GroupLag } from '../message-bus.port.js';
import { beatSql } from './beat.sql.js';
import type { Lease } from './lease.js';
import type { PostgresEngine } from './postgres-engine.js';

export interface Registration {
  readonly id: string;
  readonly group: string;
  readonly topics: readonly string[];
}

export interface GroupPartition {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly owner: string | null;
  readonly epoch: string;
  readonly nextOffset: number;
}

/** A dead letter to deliver again, of a partition that a member of this process owns. */
export interface Replay {
  readonly id: string;
  readonly owner: string;
  readonly topic: string;
  readonly partition: number;
  readonly notBefore: number;
}

/** What the groups of this process look like at one moment. Members whose lease ran out are not in it. */
export interface GroupsView {
  readonly members: readonly Registration[];
  readonly partitions: readonly GroupPartition[];
  readonly replays: readonly Replay[];
  /** Until the first lease of another process in these groups runs out, if it is not renewed; Infinity: there is none. */
  readonly nextExpiryMs: number;
}

interface BeatRow extends Pick<GroupsView, 'partitions' | 'replays'> {
  readonly others: readonly (Registration & { readonly leftMs: number })[];
  readonly someAreGone: boolean;
}

export interface Claimed {
  readonly lease: Lease;
  readonly committedOffset: number;
  readonly nextOffset: number;
}

/** Who is in which group and who owns which partition, as the database has it. */
export class GroupRegistry {
  constructor(
    private readonly engine: PostgresEngine,
    private readonly leaseMs: number,
  ) {}

  /** A group keeps the positions it has. Partitions a topic grew by begin at their start, as nothing of them was read. */
  async begin(group: string, topics: readonly string[], startFrom: 'earliest' | 'latest'): Promise<void> {
    await this.engine.durable(
      `insert into group_partitions (group_name, topic, partition, committed_offset)
       select $1, p.topic, p.partition, case
         when $3 = 'latest' and not exists (select from group_partitions g where g.group_name = $1 and g.topic = p.topic)
         then p.next_offset
         else coalesce((select min(first_offset) from record_batches b
                        where b.topic = p.topic and b.partition = p.partition), p.next_offset)
       end
       from partitions p where p.topic = any($2) on conflict do nothing`,
      [group, topics, startFrom],
    );
  }

  /** Renews the members of this process, or enters them again, and tells how their groups look now. */
  async beat(own: readonly Registration[]): Promise<GroupsView> {
    const [row] = await this.engine.relaxed<BeatRow>(beatSql, [
      own.map(({ id }) => id),
      own.map(({ group }) => group),
      own.map(({ topics }) => JSON.stringify(topics)),
      this.leaseMs / 1000,
    ]);
    if (row === undefined) throw new Error('The beat gave no row');
    const { others, partitions, replays, someAreGone } = row;
    if (someAreGone) await this.#removeGone();
    const alive = others.filter(({ leftMs }) => leftMs > 0);
    return {
      members: [...own, ...alive],
      partitions,
      replays,
      nextExpiryMs: Math.min(...alive.map(({ leftMs }) => leftMs)),
    };
  }

  async lag(group: string, topics: readonly string[]): Promise<readonly GroupLag[]> {
    const rows = await this.engine.relaxed<{ readonly topic: string; readonly records: string }>(
      `select g.topic, sum(p.next_offset - g.committed_offset) as records
       from group_partitions g join partitions p using (topic, partition)
       where g.group_name = $1 and g.topic = any($2) group by g.topic`,
      [group, topics],
    );
    return rows.map(({ topic, records }) => ({ group, topic, records: Number(records) }));
  }

  /** Takes up to `count` partitions nobody alive owns. `except` are those this member is not done with itself. */
  async claim(member: Registration, topic: string, count: number, except: readonly number[]): Promise<Claimed[]> {
    const rows = await this.engine.relaxed<ClaimedRow>(
      `update group_partitions g set owner = $3, epoch = epoch + 1
       from (
         select f.topic, f.partition, p.next_offset from group_partitions f join partitions p using (topic, partition)
         where f.group_name = $1 and f.topic = $2 and f.partition <> all($5::int[])
           and (f.owner is null or f.owner = $3
                or not exists (select from members m where m.member_id = f.owner and m.expires_at > clock_timestamp()))
         order by f.partition limit $4 for update of f skip locked
       ) free
       where g.group_name = $1 and g.topic = free.topic and g.partition = free.partition
       returning g.partition, g.epoch, g.committed_offset, free.next_offset`,
      [member.group, topic, member.id, count, except],
    );
    return rows.map(({ partition, epoch, committed_offset, next_offset }) => ({
      lease: { group: member.group, topic, partition, owner: member.id, epoch },
      committedOffset: Number(committed_offset),
      nextOffset: Number(next_offset),
    }));
  }

  async release({ group, topic, partition, owner, epoch }: Lease): Promise<void> {
    await this.engine.relaxed(
      `update group_partitions set owner = null
       where group_name = $1 and topic = $2 and partition = $3 and owner = $4 and epoch = $5`,
      [group, topic, partition, owner, epoch],
    );
  }

  async leave({ id, group }: Registration): Promise<void> {
    await this.engine.relaxed('update group_partitions set owner = null where group_name = $1 and owner = $2', [group, id]);
    await this.engine.relaxed('delete from members where member_id = $1', [id]);
  }

  /** Wakes the other members of the group. */
  async tell(group: string): Promise<void> {
    await this.engine.relaxed('select pg_notify($1, $2)', [this.engine.schema, group]);
  }

  async #removeGone(): Promise<void> {
    await this.engine.relaxed(
      `delete from members where member_id in (
         select member_id from members where expires_at < clock_timestamp() for update skip locked)`,
    );
  }
}

interface ClaimedRow {
  readonly partition: number;
  readonly epoch: string;
  readonly committed_offset: string;
  readonly next_offset: string;
}
