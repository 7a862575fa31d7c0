-- Whom a device belongs to that a person wears, and whom it belonged to when.
ALTER TABLE device_list ADD COLUMN wearer_id uuid;
CREATE INDEX device_list_wearer ON device_list (wearer_id) WHERE wearer_id IS NOT NULL;

CREATE TABLE device_wearer (
  device_id uuid NOT NULL,
  revision integer NOT NULL,
  since timestamptz NOT NULL,
  wearer_id uuid,
  PRIMARY KEY (device_id, revision)
);
CREATE INDEX device_wearer_wearer ON device_wearer (wearer_id) WHERE wearer_id IS NOT NULL;

-- People whose erasure was decided, from the grid's events, and those of whom nothing is kept here any more.
CREATE TABLE erased_person (
  person_id uuid PRIMARY KEY,
  area_code text,
  decided_at timestamptz NOT NULL
);
CREATE TABLE forgotten_wearer (
  wearer_id uuid PRIMARY KEY,
  at timestamptz NOT NULL
);
