-- What is stored is never edited, not even by the owner of the table.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Events are never changed or removed' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER event_refuse_change BEFORE UPDATE OR DELETE ON event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER event_refuse_truncate BEFORE TRUNCATE ON event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
