/**
 * What a schema needs to remember earlier states of read tables. A migration says `SELECT keep_past('case_list', 'case_id')`
 * and says it again after it has given the table a new column.
 *
 * The table itself has what holds now, with the times since when it does; `<table>_past` has every state before, with
 * the times between which it held. So nothing that is past is written twice, and what holds now is as quick as ever.
 */
export const KEEP_PAST = [
  `CREATE TABLE IF NOT EXISTS past_kept (
     table_name text PRIMARY KEY,
     key_columns text[] NOT NULL,
     -- Nothing is known of before; -infinity: kept since the first event.
     since timestamptz NOT NULL
   )`,
  // Also after a rebuild was swapped in: its trigger would call the function of the schema it came from.
  `CREATE OR REPLACE FUNCTION watch_past(live text) RETURNS void LANGUAGE plpgsql AS $do$
   BEGIN
     EXECUTE format('DROP TRIGGER IF EXISTS keep_past ON %I', live);
     -- Who writes many states at once writes their past as well, see write-states.ts.
     EXECUTE format('CREATE TRIGGER keep_past BEFORE INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW
       WHEN (current_setting(''brain.past'', true) IS DISTINCT FROM ''written'') EXECUTE FUNCTION %I()', live, 'keep_past_of_' || live);
   END $do$`,
  `CREATE OR REPLACE FUNCTION keep_past(live text, VARIADIC key text[]) RETURNS void LANGUAGE plpgsql AS $do$
   DECLARE
     past text := live || '_past';
     missing record;
     columns text;
     old_columns text;
     same_key text;
     is_empty boolean;
   BEGIN
     EXECUTE format('ALTER TABLE %I
       ADD COLUMN IF NOT EXISTS recorded_from timestamptz NOT NULL DEFAULT ''-infinity'',
       ADD COLUMN IF NOT EXISTS occurred_from timestamptz NOT NULL DEFAULT ''-infinity''', live);
     EXECUTE format('CREATE TABLE IF NOT EXISTS %I (LIKE %I, recorded_to timestamptz NOT NULL, occurred_to timestamptz NOT NULL)', past, live);
     FOR missing IN
       SELECT attname, format_type(atttypid, atttypmod) AS type FROM pg_attribute
       WHERE attrelid = live::regclass AND attnum > 0 AND NOT attisdropped
         AND attname NOT IN (SELECT attname FROM pg_attribute WHERE attrelid = past::regclass AND NOT attisdropped)
     LOOP
       EXECUTE format('ALTER TABLE %I ADD COLUMN %I %s', past, missing.attname, missing.type);
     END LOOP;
     EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I (%s, recorded_from)', past || '_key', past,
       (SELECT string_agg(quote_ident(name), ', ') FROM unnest(key) AS name));
     -- All that held at a moment: what does not change any more is not in this table, so that is never much.
     EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I (recorded_to, recorded_from, occurred_to, occurred_from)', past || '_held', past);

     SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum), string_agg('OLD.' || quote_ident(attname), ', ' ORDER BY attnum)
       INTO columns, old_columns FROM pg_attribute WHERE attrelid = live::regclass AND attnum > 0 AND NOT attisdropped;
     SELECT string_agg(format('%1$I = OLD.%1$I', name), ' AND ') INTO same_key FROM unnest(key) AS name;
     EXECUTE format($trigger$
       CREATE OR REPLACE FUNCTION %1$I() RETURNS trigger LANGUAGE plpgsql AS $keep$
       DECLARE
         -- Set by whoever applies an event; what is written by hand is known, and holds, from now on.
         event text := nullif(current_setting('brain.event', true), '');
         recorded timestamptz := coalesce(split_part(event, ' ', 1)::timestamptz, clock_timestamp());
         occurred timestamptz := coalesce(split_part(event, ' ', 2)::timestamptz, clock_timestamp());
       BEGIN
         IF TG_OP = 'INSERT' THEN
           NEW.recorded_from := recorded;
           NEW.occurred_from := occurred;
           RETURN NEW;
         END IF;
         IF TG_OP = 'UPDATE' THEN
           NEW.recorded_from := OLD.recorded_from;
           NEW.occurred_from := OLD.occurred_from;
           IF NEW *= OLD THEN RETURN NEW; END IF;
         END IF;
         -- A clock that went backwards: nothing was known before what was known before it.
         recorded := greatest(recorded, OLD.recorded_from);
         -- Heard of late: it holds from its own time on, instead of what was said of that time until now.
         IF occurred < OLD.occurred_from THEN
           UPDATE %2$s SET occurred_to = greatest(occurred_from, occurred)
           WHERE %3$s AND occurred_to > greatest(occurred_from, occurred);
         END IF;
         INSERT INTO %2$s (%4$s, recorded_to, occurred_to)
         VALUES (%5$s, recorded, greatest(occurred, OLD.occurred_from));
         IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
         NEW.recorded_from := recorded;
         NEW.occurred_from := occurred;
         RETURN NEW;
       END $keep$
     $trigger$, 'keep_past_of_' || live, format('%I.%I', current_schema(), past), same_key, columns, old_columns);
     PERFORM watch_past(live);

     EXECUTE format('SELECT NOT EXISTS (SELECT FROM %I)', live) INTO is_empty;
     INSERT INTO past_kept (table_name, key_columns, since)
     VALUES (live, key, CASE WHEN is_empty THEN '-infinity' ELSE clock_timestamp() END) ON CONFLICT (table_name) DO NOTHING;
   END $do$`,
];
