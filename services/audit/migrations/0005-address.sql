-- From where a person gave a command. Events from before say nothing of it.
ALTER TABLE audit_event ADD COLUMN address text;
