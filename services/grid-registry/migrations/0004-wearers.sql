-- People who wear a device, with the area of the last they were given: copies of the news of devices.
CREATE TABLE wearer_copy (
  device_id uuid NOT NULL,
  wearer_id uuid NOT NULL,
  area_code text NOT NULL,
  PRIMARY KEY (device_id, wearer_id)
);
CREATE INDEX wearer_copy_wearer ON wearer_copy (wearer_id);

-- Of whom no reading is kept any more.
CREATE TABLE forgotten_wearer (
  wearer_id uuid PRIMARY KEY
);
