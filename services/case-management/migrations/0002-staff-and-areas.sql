-- Own copies of what grid-registry tells.
CREATE TABLE staff (
  staff_id uuid PRIMARY KEY,
  name text NOT NULL,
  roles text[] NOT NULL,
  area_codes text[] NOT NULL,
  availability text NOT NULL,
  revision integer NOT NULL
);
CREATE INDEX staff_area_codes ON staff USING gin (area_codes);
CREATE TABLE areas (
  code text PRIMARY KEY,
  kind text NOT NULL,
  name text NOT NULL
);
