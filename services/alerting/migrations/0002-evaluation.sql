-- What the evaluation of readings remembers. Not derived from events: it moves with the offsets of the readings.
CREATE TABLE evaluation_offsets (
  topic text NOT NULL,
  partition integer NOT NULL,
  next_offset bigint NOT NULL,
  PRIMARY KEY (topic, partition)
);

-- One row a device, rewritten as its readings come: room on the page keeps the updates in place.
CREATE TABLE device_states (
  device_id uuid PRIMARY KEY,
  conditions jsonb NOT NULL
) WITH (fillfactor = 60);

-- Samples of the metrics that window functions look at.
CREATE TABLE window_samples (
  device_id uuid NOT NULL,
  metric text NOT NULL,
  ts bigint NOT NULL,
  value double precision NOT NULL,
  PRIMARY KEY (device_id, metric, ts)
);
