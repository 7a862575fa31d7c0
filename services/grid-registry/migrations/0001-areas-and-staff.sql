CREATE TABLE area_list (
  code         text PRIMARY KEY,
  kind         text NOT NULL,
  name         text NOT NULL,
  parent_code  text,
  has_boundary boolean NOT NULL DEFAULT false,
  revision     integer NOT NULL
);
CREATE INDEX area_list_parent ON area_list (parent_code, code);

-- Every edition of every outline. valid_until is when the next edition takes over; null: it still holds.
CREATE TABLE area_boundary (
  code       text NOT NULL,
  edition    integer NOT NULL,
  valid_from timestamptz NOT NULL,
  valid_until timestamptz,
  invented   boolean NOT NULL,
  boundary   jsonb NOT NULL,
  bounds     box NOT NULL,
  PRIMARY KEY (code, edition)
);
CREATE INDEX area_boundary_bounds ON area_boundary USING gist (bounds);

CREATE TABLE staff_list (
  staff_id     uuid PRIMARY KEY,
  name         text NOT NULL,
  roles        text[] NOT NULL,
  area_codes   text[] NOT NULL,
  skills       text[] NOT NULL,
  post         text NOT NULL,
  availability text NOT NULL,
  revision     integer NOT NULL
);
CREATE INDEX staff_list_name ON staff_list (name, staff_id);
