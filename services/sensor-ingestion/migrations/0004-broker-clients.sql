-- Devices that an external broker knows from us. The token is here, encrypted, only until the broker has it.
CREATE TABLE IF NOT EXISTS broker_client (
  device_id uuid PRIMARY KEY,
  rotation integer NOT NULL,
  sealed_token bytea
);
CREATE INDEX IF NOT EXISTS broker_client_waiting ON broker_client (device_id) WHERE sealed_token IS NOT NULL;

-- Devices behind a broker have no connection with us: a message holds them for a while.
ALTER TABLE device_seen ADD COLUMN IF NOT EXISTS silent_at timestamptz;
