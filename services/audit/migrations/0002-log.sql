-- How far the log is decided. Size and root are written here before they are signed, and each step names the size it
-- goes on from: two writers, or one that was killed and came back, can never decide the same size twice.
CREATE TABLE log_head (
  one       boolean PRIMARY KEY DEFAULT true CHECK (one),
  tree_size bigint NOT NULL CHECK (tree_size >= 0),
  root      bytea NOT NULL CHECK (length(root) = 32),
  -- Of the newest event that is in the log; empty: before the first.
  position  text NOT NULL
);
-- Which leaf an event is: a way to find it, made again from the log when lost.
CREATE TABLE log_leaf (
  leaf_index bigint PRIMARY KEY CHECK (leaf_index >= 0),
  event_id   text NOT NULL
);
CREATE INDEX log_leaf_event ON log_leaf (event_id);
