/** Where the readings live unless said otherwise. */
export const TIME_SERIES_SCHEMA = 'time_series';

/** A writer may change these; a reading nobody. */
const CHANGING_TABLES = ['reading_latest', 'ingest_count', 'ingest_offset'];

export const READING_COLUMNS = `
  device_id uuid NOT NULL,
  metric text NOT NULL,
  ts timestamptz NOT NULL,
  number double precision,
  flag boolean,
  text text,
  source_key bigint NOT NULL,
  PRIMARY KEY (device_id, metric, ts)`;

/** The tables that every engine has beside the readings: newest values, counts, offsets and their gaps. */
export const ingestTables = (at: string) => `
  CREATE TABLE IF NOT EXISTS ${at}.reading_latest (
    device_id uuid NOT NULL,
    metric text NOT NULL,
    ts timestamptz NOT NULL,
    number double precision,
    flag boolean,
    text text,
    PRIMARY KEY (device_id, metric)
  ) WITH (fillfactor = 70);
  CREATE TABLE IF NOT EXISTS ${at}.ingest_count (
    minute timestamptz NOT NULL,
    device_id uuid,
    received integer NOT NULL,
    stored integer NOT NULL,
    duplicates integer NOT NULL,
    refused integer NOT NULL,
    UNIQUE NULLS NOT DISTINCT (minute, device_id),
    CHECK (received = stored + duplicates + refused)
  ) WITH (fillfactor = 70);
  CREATE INDEX IF NOT EXISTS ingest_count_device ON ${at}.ingest_count (device_id, minute);
  CREATE TABLE IF NOT EXISTS ${at}.ingest_offset (
    topic text NOT NULL,
    partition integer NOT NULL,
    next_offset bigint NOT NULL,
    PRIMARY KEY (topic, partition)
  );
  CREATE TABLE IF NOT EXISTS ${at}.ingest_gap (
    topic text NOT NULL,
    partition integer NOT NULL,
    first_offset bigint NOT NULL,
    last_offset bigint NOT NULL,
    PRIMARY KEY (topic, partition, first_offset)
  );`;

/** Times of devices of which nothing is kept, nor will be. */
export const forgottenTable = (at: string) => `
  CREATE TABLE IF NOT EXISTS ${at}.reading_forgotten (
    device_id uuid NOT NULL,
    from_ts timestamptz NOT NULL,
    to_ts timestamptz NOT NULL,
    PRIMARY KEY (device_id, from_ts, to_ts)
  );`;

/** What a writer may do with them. Both names are escaped. */
export const ingestGrants = (at: string, role: string) => `
  GRANT USAGE ON SCHEMA ${at} TO ${role};
  GRANT SELECT, INSERT ON ${at}.reading TO ${role};
  GRANT SELECT, INSERT, UPDATE ON ${CHANGING_TABLES.map((table) => `${at}.${table}`).join(', ')} TO ${role};
  GRANT SELECT, INSERT, DELETE ON ${at}.ingest_gap TO ${role};
  GRANT SELECT ON ${at}.reading_forgotten TO ${role};
  GRANT EXECUTE ON FUNCTION ${at}.forget_readings(uuid, timestamptz, timestamptz) TO ${role};`;
