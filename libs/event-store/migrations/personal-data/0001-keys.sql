-- The key that wraps all others, by its name alone. `check_value` is 32 zero bytes wrapped under it: it shows whether a
-- key of that name is the right one.
CREATE TABLE master_key (
  key_id      text PRIMARY KEY,
  check_value bytea NOT NULL,
  since       timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- One data key per person, wrapped. Without its row, what was encrypted under it is noise.
CREATE TABLE person_key (
  key_id        uuid PRIMARY KEY,
  subject       text NOT NULL UNIQUE,
  -- Also keeps a key from being wrapped under a master key that a rotation is just taking away.
  master_key_id text NOT NULL REFERENCES master_key,
  wrapped       bytea NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Who is erased. Counted by whoever holds keys in memory: one more row means that some of them must be forgotten.
CREATE TABLE destroyed_key (
  number       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key_id       uuid NOT NULL UNIQUE,
  subject      text NOT NULL,
  destroyed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX destroyed_key_subject ON destroyed_key (subject);
