-- Erasures that two people agreed on. carried_out_at null: the key is still to be destroyed.
CREATE TABLE erasure_list (
  key_id         uuid PRIMARY KEY,
  subject        text NOT NULL,
  area_code      text,
  decided_at     timestamptz NOT NULL,
  carried_out_at timestamptz
);
