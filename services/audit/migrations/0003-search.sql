-- What people search by: who and what an event speaks of, and its words.
ALTER TABLE audit_event
  -- Ids in the event's data, without the stream's own and the actor's, which have columns; null: none.
  ADD COLUMN mentions uuid[],
  -- Words of the data in small letters, Chinese as pairs of characters; null: none. Written whenever data is.
  ADD COLUMN words tsvector;

-- Rows from before have neither: the projection fills the table again from the beginning of the store.
TRUNCATE audit_event;
DELETE FROM projection_position WHERE name = 'audit-event';

CREATE INDEX audit_event_mentions ON audit_event USING gin (mentions) WHERE mentions IS NOT NULL;
CREATE INDEX audit_event_words ON audit_event USING gin (words) WHERE words IS NOT NULL;
CREATE INDEX audit_event_area ON audit_event (area_code COLLATE "C", position);
CREATE INDEX audit_event_case_number ON audit_event ((data ->> 'number')) WHERE type = 'case-management.case-reported.v1';
-- Cause and effect ask for equality alone.
CREATE INDEX audit_event_causation ON audit_event USING hash (causation_id);
CREATE INDEX audit_event_correlation ON audit_event USING hash (correlation_id);
