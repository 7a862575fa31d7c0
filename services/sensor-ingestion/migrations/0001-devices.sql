-- Own copy of the areas that exist, from the grid's events.
CREATE TABLE areas (
  code text PRIMARY KEY,
  kind text NOT NULL,
  name text NOT NULL
);

CREATE TABLE device_list (
  device_id uuid PRIMARY KEY,
  name text NOT NULL,
  kind text NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  lng double precision,
  lat double precision,
  state text NOT NULL,
  online boolean NOT NULL,
  revision integer NOT NULL
);
CREATE INDEX device_list_area ON device_list (area_code text_pattern_ops);
CREATE INDEX device_list_online ON device_list (device_id) WHERE online;
