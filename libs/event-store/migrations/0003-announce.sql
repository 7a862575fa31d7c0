-- Wakes the tails at commit, with the types that came so that only those who want them look.
-- The channel is the schema's name. An empty text means: look, whatever you want.
CREATE FUNCTION announce_events() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  types text;
BEGIN
  SELECT string_agg(DISTINCT type, ',') INTO types FROM added;
  PERFORM pg_notify(TG_TABLE_SCHEMA, CASE WHEN length(types) < 7000 THEN types ELSE '' END);
  RETURN NULL;
END $$;

CREATE TRIGGER event_announce AFTER INSERT ON event
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION announce_events();
