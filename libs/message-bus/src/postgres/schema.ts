/**
 * The log. A row of record_batches holds what one publisher wrote to one partition at once. The row of its partition
 * stays locked from taking the offsets until the commit, so offsets have no gaps and appear in order.
 * Batches and dead letters are text and json, not jsonb: jsonb refuses \u0000, which a device may well send.
 */
export const tables = `
create table if not exists topics (
  name text primary key,
  retention interval not null
);
create table if not exists partitions (
  topic text not null references topics,
  partition int not null,
  next_offset bigint not null default 0,
  primary key (topic, partition)
) with (fillfactor = 50);
create table if not exists record_batches (
  topic text not null,
  partition int not null,
  first_offset bigint not null,
  record_count int not null,
  bytes int not null,
  published_at timestamptz not null,
  records text not null,
  primary key (topic, partition, first_offset)
);
create table if not exists members (
  member_id uuid primary key,
  group_name text not null,
  topics text[] not null,
  expires_at timestamptz not null
) with (fillfactor = 50);
create table if not exists group_partitions (
  group_name text not null,
  topic text not null,
  partition int not null,
  committed_offset bigint not null,
  owner uuid,
  epoch bigint not null default 0,
  primary key (group_name, topic, partition),
  foreign key (topic, partition) references partitions
) with (fillfactor = 50);
create table if not exists dead_letters (
  id bigint generated always as identity primary key,
  group_name text not null,
  topic text not null,
  partition int not null,
  record_offset bigint not null,
  record json not null,
  error text not null,
  failed_at timestamptz not null default clock_timestamp(),
  replay_after bigint,
  replayed_at timestamptz
);
create index if not exists dead_letters_by_group on dead_letters (group_name, id);
create index if not exists dead_letters_to_replay on dead_letters (group_name) where replay_after is not null;
create table if not exists jobs (
  name text primary key,
  next_run_at timestamptz not null
);
insert into jobs values ('retention', now()) on conflict do nothing;
`;

/** One statement and therefore one round trip: the transaction never waits for the client while it holds its locks. */
export const functions = `
create or replace function append_batches(
  in_topics text[], in_partitions int[], in_counts int[], in_bytes int[], in_records text[]
) returns table (topic text, partition int, next_offset bigint) language plpgsql as $$
begin
  for i in 1 .. array_length(in_topics, 1) loop
    topic := in_topics[i];
    partition := in_partitions[i];
    update partitions p set next_offset = p.next_offset + in_counts[i]
      where p.topic = in_topics[i] and p.partition = in_partitions[i]
      returning p.next_offset into strict append_batches.next_offset;
    insert into record_batches values (
      in_topics[i], in_partitions[i], append_batches.next_offset - in_counts[i], in_counts[i], in_bytes[i],
      clock_timestamp(), in_records[i]
    );
    return next;
  end loop;
end $$;
`;
