-- Whom an alert can be assigned to, and where they work.
CREATE TABLE staff_copy (
  staff_id uuid PRIMARY KEY,
  area_codes text[] NOT NULL
);
