-- What the screens show now. A row depends on one stream; `view` is the shape the socket sends.
CREATE TABLE alert_now (
  alert_id  uuid PRIMARY KEY,
  area_code text NOT NULL,
  open      boolean NOT NULL,
  view      jsonb NOT NULL
);
CREATE INDEX alert_now_open ON alert_now (area_code text_pattern_ops) WHERE open;

CREATE TABLE case_now (
  case_id     uuid PRIMARY KEY,
  area_code   text NOT NULL,
  open        boolean NOT NULL,
  assignee_id uuid,
  view        jsonb NOT NULL
);
CREATE INDEX case_now_open ON case_now (area_code text_pattern_ops) WHERE open;

CREATE TABLE device_now (
  device_id uuid PRIMARY KEY,
  area_code text NOT NULL,
  open      boolean NOT NULL,
  view      jsonb NOT NULL
);

-- Names for the assignee of a case, joined when read.
CREATE TABLE staff_name (
  staff_id uuid PRIMARY KEY,
  name     text NOT NULL
);

-- The newest counts per person, as published; not events, so not rebuilt by a replay.
CREATE TABLE workload_now (
  staff_id   uuid PRIMARY KEY,
  area_codes text[] NOT NULL,
  updated_at timestamptz NOT NULL,
  view       jsonb NOT NULL
);

-- Each live channel counts within its own block of numbers, so a number seen by a client names one channel for ever.
-- A random start keeps a screen that outlived its installation from matching a new one.
CREATE SEQUENCE channel_block;
SELECT setval('channel_block', 1 + floor(random() * 1000000)::bigint);
