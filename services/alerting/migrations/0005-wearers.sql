-- Whose devices they are: what is to be forgotten with a person.
CREATE INDEX alert_list_wearer ON alert_list ((view ->> 'wearerId')) WHERE view ->> 'wearerId' IS NOT NULL;
ALTER TABLE device_copy ADD COLUMN wearer_id uuid;
