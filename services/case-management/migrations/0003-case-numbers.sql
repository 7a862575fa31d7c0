-- Handed out before a case is recorded; the number then stands in the event, so these tables are never rebuilt.
CREATE TABLE case_number_counters (
  county text NOT NULL,
  day date NOT NULL,
  last integer NOT NULL,
  PRIMARY KEY (county, day)
);
CREATE TABLE case_numbers (
  case_id uuid PRIMARY KEY,
  number text NOT NULL UNIQUE
);
