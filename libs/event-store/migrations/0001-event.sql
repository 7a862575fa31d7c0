-- The record. `data` and `metadata` are json, not jsonb: the text stays as it was written, key order and numbers
-- included, so hashes over it hold for ever. Nothing inside them is ever searched.
CREATE TABLE event (
  position       bigint GENERATED ALWAYS AS IDENTITY,
  transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
  stream_id      text NOT NULL,
  revision       bigint NOT NULL CHECK (revision >= 0),
  event_id       text NOT NULL,
  type           text NOT NULL,
  data           json NOT NULL,
  metadata       json NOT NULL,
  source         text NOT NULL GENERATED ALWAYS AS (metadata ->> 'source') STORED,
  recorded_at    timestamptz(3) NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
  -- The order in which the store is read: a transaction's events become readable when no older one is still open.
  CONSTRAINT event_order PRIMARY KEY (transaction_id, position),
  CONSTRAINT event_stream_revision UNIQUE (stream_id, revision),
  CONSTRAINT event_id_once UNIQUE (event_id)
);
