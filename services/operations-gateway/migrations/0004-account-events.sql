-- What changed about accounts and is not in the event store yet: written together with the change, so that no crash
-- leaves a change without its record.
CREATE TABLE account_events (
  sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event    jsonb NOT NULL
);
ALTER TABLE accounts
  -- The password was given by somebody else: it is good for one sign-in, until this moment, and only to choose another.
  ADD COLUMN one_time_until timestamptz;
