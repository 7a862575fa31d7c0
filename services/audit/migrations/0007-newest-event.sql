-- The newest event in the log, by which another store or an older copy of it is known at the start.
ALTER TABLE log_head ADD COLUMN newest json;
