-- Not rebuilt from events: secrets and what the connections tell.

-- The token itself is nowhere: only its SHA-256.
CREATE TABLE IF NOT EXISTS device_credential (
  device_id uuid PRIMARY KEY,
  token_hash bytea NOT NULL UNIQUE
);

-- seen_at: last connect or publish. held_at: last time a process said that it holds a connection of the device.
CREATE TABLE IF NOT EXISTS device_seen (
  device_id uuid PRIMARY KEY,
  seen_at timestamptz NOT NULL,
  held_at timestamptz NOT NULL
) WITH (fillfactor = 70);

CREATE TABLE IF NOT EXISTS refused_message (
  refusal_id uuid PRIMARY KEY,
  received_at timestamptz NOT NULL,
  device_id uuid,
  area_code text COLLATE "C",
  topic text NOT NULL,
  code text NOT NULL,
  detail text NOT NULL,
  path text NOT NULL,
  payload bytea NOT NULL,
  size_bytes integer NOT NULL,
  correlation_id text NOT NULL
);
CREATE INDEX IF NOT EXISTS refused_message_newest ON refused_message (received_at DESC, refusal_id DESC);
CREATE INDEX IF NOT EXISTS refused_message_device ON refused_message (device_id, received_at DESC, refusal_id DESC);
