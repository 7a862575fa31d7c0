-- Counts the changes of an account, so that nobody changes what they have not seen.
ALTER TABLE accounts ADD COLUMN revision integer NOT NULL DEFAULT 0;
