-- Own copy of the case events that indicators are computed from.
CREATE TABLE case_events (
  case_id uuid NOT NULL,
  revision integer NOT NULL,
  event_id uuid NOT NULL UNIQUE,
  type text NOT NULL,
  position text COLLATE "C" NOT NULL,
  recorded_at timestamptz NOT NULL,
  area_code text,
  data jsonb NOT NULL,
  PRIMARY KEY (case_id, revision)
);
CREATE INDEX case_events_area ON case_events (area_code text_pattern_ops) WHERE area_code IS NOT NULL;
CREATE TABLE staff_names (
  staff_id uuid PRIMARY KEY,
  name text NOT NULL
);
