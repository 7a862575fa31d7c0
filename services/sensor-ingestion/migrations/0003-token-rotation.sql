-- The revision of the event that asked for this token; -1: the first one. A rotation is carried out once, and by its
-- repeat when a crash came between the event and the token.
ALTER TABLE device_credential ADD COLUMN IF NOT EXISTS rotation integer NOT NULL DEFAULT -1;
