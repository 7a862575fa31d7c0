-- Since when, in milliseconds, a device has been worn by whoever wears it now, or by nobody; null: as long as it is known.
ALTER TABLE device_copy ADD COLUMN worn_since bigint;
