-- One row per case; `record` is the folded case, the columns beside it are what lists filter by.
CREATE TABLE case_list (
  case_id uuid PRIMARY KEY,
  number text NOT NULL,
  title text NOT NULL,
  category text NOT NULL,
  area_code text NOT NULL,
  state text NOT NULL,
  assignee uuid,
  opened_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  clock_stopped_at timestamptz,
  overdue_recorded_for timestamptz,
  awaits_rule boolean NOT NULL,
  revision integer NOT NULL,
  record jsonb NOT NULL
);
CREATE INDEX case_list_newest ON case_list (opened_at DESC, case_id DESC);
CREATE INDEX case_list_area ON case_list (area_code text_pattern_ops);
CREATE INDEX case_list_assignee ON case_list (assignee, state);
CREATE INDEX case_list_running ON case_list (due_at) WHERE clock_stopped_at IS NULL;
CREATE INDEX case_list_awaiting ON case_list (opened_at) WHERE awaits_rule;
