-- Accounts of people whom the organisation's identity provider signs in: told apart by its subject, without a password.
ALTER TABLE accounts
  ALTER COLUMN password_hash DROP NOT NULL,
  ADD COLUMN issuer text,
  ADD COLUMN subject text,
  ADD CONSTRAINT accounts_password_or_provider CHECK (
    (password_hash IS NULL) = (issuer IS NOT NULL) AND (issuer IS NULL) = (subject IS NULL)
  ),
  DROP CONSTRAINT accounts_username_key;
-- A name at the provider may be a name here too: they are two people.
CREATE UNIQUE INDEX accounts_username ON accounts (username) WHERE issuer IS NULL;
CREATE UNIQUE INDEX accounts_subject ON accounts (issuer, subject) WHERE issuer IS NOT NULL;

CREATE TABLE federated_sessions (
  session_id   uuid PRIMARY KEY,
  -- SHA-256 of the renewal cookie: who reads this table cannot take part in a session.
  cookie_hash  bytea NOT NULL UNIQUE,
  account_id   uuid NOT NULL REFERENCES accounts,
  subject      text NOT NULL,
  -- The provider's refresh and ID token, encrypted.
  sealed_tokens text NOT NULL,
  -- The provider's last word on this person.
  confirmed_at timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL
);
