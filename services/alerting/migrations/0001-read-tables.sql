-- Filled by projections only: from our own events, and from other services' events over the bus.
CREATE TABLE rule_list (
  rule_id uuid PRIMARY KEY,
  name text NOT NULL,
  state text NOT NULL,
  defined_at text COLLATE "C" NOT NULL,
  view jsonb NOT NULL
);
CREATE INDEX rule_list_newest ON rule_list (defined_at DESC, rule_id DESC);

CREATE TABLE alert_list (
  alert_id uuid PRIMARY KEY,
  rule_id uuid NOT NULL,
  device_id uuid NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  severity text NOT NULL,
  state text NOT NULL,
  raised_at text COLLATE "C" NOT NULL,
  words text NOT NULL,
  view jsonb NOT NULL
);
CREATE INDEX alert_list_newest ON alert_list (raised_at DESC, alert_id DESC);
CREATE INDEX alert_list_active ON alert_list (rule_id) WHERE state LIKE 'ACTIVE%';
CREATE INDEX alert_list_device ON alert_list (device_id, raised_at DESC);

CREATE TABLE device_copy (
  device_id uuid PRIMARY KEY,
  name text NOT NULL,
  kind text NOT NULL,
  area_code text NOT NULL,
  location jsonb,
  retired boolean NOT NULL
);
CREATE INDEX device_copy_kind ON device_copy (kind) WHERE NOT retired;

CREATE TABLE area_copy (
  code text PRIMARY KEY,
  name text NOT NULL
);
