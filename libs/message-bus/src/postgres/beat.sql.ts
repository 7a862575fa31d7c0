/**
 * One round trip for all subscriptions of a process: renews their leases, or enters them again, and tells how their
 * groups look. $1 ids, $2 groups and $3 topics of the members of this process, $4 seconds a lease lasts.
 *
 * The rest of the statement does not see what it writes itself, so the members of this process are left out.
 */
export const beatSql = `
with own as (
  insert into members (member_id, group_name, topics, expires_at)
  select m.id, m.group_name, array(select jsonb_array_elements_text(m.topics)), clock_timestamp() + make_interval(secs => $4)
  from unnest($1::uuid[], $2::text[], $3::jsonb[]) as m(id, group_name, topics)
  on conflict (member_id) do update set expires_at = excluded.expires_at
)
select
  (select coalesce(json_agg(json_build_object('id', member_id, 'group', group_name, 'topics', topics,
     'leftMs', 1000 * extract(epoch from expires_at - clock_timestamp()))), '[]')
   from members where group_name = any($2) and member_id <> all($1)) as others,
  (select coalesce(json_agg(json_build_object('group', g.group_name, 'topic', g.topic, 'partition', g.partition,
     'owner', g.owner, 'epoch', g.epoch::text, 'nextOffset', p.next_offset) order by g.topic, g.partition), '[]')
   from group_partitions g join partitions p using (topic, partition) where g.group_name = any($2)) as partitions,
  (select coalesce(json_agg(r), '[]') from (
     select d.id::text, g.owner, d.topic, d.partition, d.replay_after as "notBefore"
     from dead_letters d join group_partitions g using (group_name, topic, partition)
     where d.replay_after is not null and g.owner = any($1) order by d.id limit 100) r) as replays,
  exists (select from members where expires_at < clock_timestamp() and member_id <> all($1)) as "someAreGone"`;
