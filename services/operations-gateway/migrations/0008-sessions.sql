-- Sign-ins that go on, of both kinds. A token counts as long as its sign-in is here; a row goes when the sign-in ends.
CREATE TABLE sessions (
  session_id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES accounts,
  method     text NOT NULL CHECK (method IN ('password', 'identity-provider')),
  begun_at   timestamptz NOT NULL,
  renewed_at timestamptz NOT NULL,
  -- Left alone until then, it ends; moved forward by every renewal, never beyond ends_at.
  expires_at timestamptz NOT NULL,
  -- However often it is renewed, it ends then.
  ends_at    timestamptz NOT NULL,
  -- From where, and what the browser says it is: shown to the person alone.
  address    text,
  user_agent text
);
CREATE INDEX sessions_account ON sessions (account_id);

INSERT INTO sessions (session_id, account_id, method, begun_at, renewed_at, expires_at, ends_at)
SELECT session_id, account_id, 'identity-provider', confirmed_at, confirmed_at, expires_at, expires_at FROM federated_sessions;

ALTER TABLE federated_sessions
  DROP COLUMN account_id,
  DROP COLUMN expires_at,
  ADD CONSTRAINT federated_sessions_session FOREIGN KEY (session_id) REFERENCES sessions ON DELETE CASCADE;

-- The stream an event waits for; null: that of its account.
ALTER TABLE account_events ADD COLUMN stream_id text;
