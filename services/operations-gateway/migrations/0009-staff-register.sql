-- Who is on the register of staff, and where they work: whom an account may speak for. Filled from the register's events.
CREATE TABLE staff_register (
  staff_id   uuid PRIMARY KEY,
  area_codes text[] NOT NULL,
  erased     boolean NOT NULL,
  revision   bigint NOT NULL
);
