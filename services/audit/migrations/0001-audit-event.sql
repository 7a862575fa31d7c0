-- Every event of every service, as stored, with what people search by in columns.
CREATE TABLE audit_event (
  -- Sorts as text in store order, whatever the database's own language.
  position       text COLLATE "C" PRIMARY KEY,
  event_id       uuid NOT NULL UNIQUE,
  type           text NOT NULL,
  stream_id      text NOT NULL,
  revision       bigint NOT NULL,
  source         text NOT NULL,
  area_code      text,
  actor_type     text NOT NULL,
  actor_id       text NOT NULL,
  time           timestamptz NOT NULL,
  recorded_at    timestamptz NOT NULL,
  correlation_id text NOT NULL,
  causation_id   text NOT NULL,
  data           jsonb NOT NULL
);
CREATE INDEX audit_event_stream ON audit_event (stream_id, position);
CREATE INDEX audit_event_type ON audit_event (type, position);
CREATE INDEX audit_event_actor ON audit_event (actor_id, position);
CREATE INDEX audit_event_time ON audit_event (time);
