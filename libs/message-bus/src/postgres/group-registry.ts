import type { GroupLag } from '../message-bus.port.js';
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

/** What the groups of this process look like at one moment. Members whose lease ran out are not in it. */
export interface GroupsView {
  readonly members: readonly Registration[];
  readonly partitions: readonly GroupPartition[];
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

  /** Renews the members of this process, or enters them again, and removes members that are gone. */
  async renew(members: readonly Registration[]): Promise<void> {
    await this.engine.relaxed(
      `insert into members (member_id, group_name, topics, expires_at)
       select m.id, m.group_name, array(select jsonb_array_elements_text(m.topics)), clock_timestamp() + make_interval(secs => $4)
       from unnest($1::uuid[], $2::text[], $3::jsonb[]) as m(id, group_name, topics)
       on conflict (member_id) do update set expires_at = excluded.expires_at`,
      [
        members.map(({ id }) => id),
        members.map(({ group }) => group),
        members.map(({ topics }) => JSON.stringify(topics)),
        this.leaseMs / 1000,
      ],
    );
    await this.engine.relaxed(
      `delete from members where member_id in (
         select member_id from members where expires_at < clock_timestamp() for update skip locked)`,
    );
  }

  async view(groups: readonly string[]): Promise<GroupsView> {
    const [members, partitions] = await Promise.all([
      this.engine.relaxed<Registration & { readonly id: string }>(
        `select member_id as id, group_name as "group", topics from members
         where group_name = any($1) and expires_at > clock_timestamp()`,
        [groups],
      ),
      this.engine.relaxed<Omit<GroupPartition, 'nextOffset'> & { readonly next_offset: string }>(
        `select g.group_name as "group", g.topic, g.partition, g.owner, g.epoch, p.next_offset
         from group_partitions g join partitions p using (topic, partition) where g.group_name = any($1)
         order by g.topic, g.partition`,
        [groups],
      ),
    ]);
    return {
      members,
      partitions: partitions.map(({ next_offset, ...row }) => ({ ...row, nextOffset: Number(next_offset) })),
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

  /** Dead letters to deliver again, of partitions the given members own. */
  replays(members: readonly string[]): Promise<ReplayRow[]> {
    return this.engine.relaxed<ReplayRow>(
      `select d.id, g.owner, d.topic, d.partition, d.replay_after
       from dead_letters d join group_partitions g using (group_name, topic, partition)
       where d.replay_after is not null and g.owner = any($1) order by d.id limit 100`,
      [members],
    );
  }

  /** Wakes the other members of the group. */
  async tell(group: string): Promise<void> {
    await this.engine.relaxed('select pg_notify($1, $2)', [this.engine.schema, group]);
  }
}

interface ClaimedRow {
  readonly partition: number;
  readonly epoch: string;
  readonly committed_offset: string;
  readonly next_offset: string;
}

export interface ReplayRow {
  readonly id: string;
  readonly owner: string;
  readonly topic: string;
  readonly partition: number;
  readonly replay_after: string;
}
