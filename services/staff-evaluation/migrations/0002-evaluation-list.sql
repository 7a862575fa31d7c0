CREATE TABLE evaluation_list (
  evaluation_id uuid PRIMARY KEY,
  computed_at timestamptz NOT NULL,
  computed_by text NOT NULL,
  area_codes text[] NOT NULL,
  evaluation jsonb NOT NULL
);
CREATE INDEX evaluation_list_newest ON evaluation_list (computed_at DESC, evaluation_id DESC);
