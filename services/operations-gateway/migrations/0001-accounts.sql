-- Sign-ins. Not a read table: credentials are not events and are not rebuilt from them.
CREATE TABLE accounts (
  account_id    uuid PRIMARY KEY,
  username      text NOT NULL UNIQUE,
  name          text NOT NULL,
  password_hash text NOT NULL,
  roles         text[] NOT NULL,
  area_codes    text[] NOT NULL,
  staff_id      uuid,
  disabled      boolean NOT NULL DEFAULT false,
  -- Tokens issued before this moment are void: moved forward by a new password and by disabling.
  valid_from    timestamptz NOT NULL,
  created_at    timestamptz NOT NULL
);
