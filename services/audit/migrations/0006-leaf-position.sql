-- A leaf is found by its event's place in the store. Places come in order: to remember one more touches one page of the
-- index, where an id, which is random, touches another page each time. Leaves from before keep the id they have.
ALTER TABLE log_leaf ADD COLUMN position text COLLATE "C", ALTER COLUMN event_id DROP NOT NULL;
CREATE UNIQUE INDEX log_leaf_position ON log_leaf (position) WHERE position IS NOT NULL;
DROP INDEX log_leaf_event;
CREATE INDEX log_leaf_event ON log_leaf (event_id) WHERE event_id IS NOT NULL;
