-- With each type the service that recorded it: every service follows its own events, and most of what comes is another's.
CREATE OR REPLACE FUNCTION announce_events() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  news text;
BEGIN
  SELECT string_agg(DISTINCT source || '/' || type, ',') INTO news FROM added;
  PERFORM pg_notify(TG_TABLE_SCHEMA, CASE WHEN length(news) < 7000 THEN news ELSE '' END);
  RETURN NULL;
END $$;
