-- Earlier states of what the screens show.
-- Which event made a row what it is: what a look back tells as a change.
ALTER TABLE alert_now ADD COLUMN last_event text NOT NULL DEFAULT '';
ALTER TABLE case_now ADD COLUMN last_event text NOT NULL DEFAULT '';
ALTER TABLE device_now ADD COLUMN last_event text NOT NULL DEFAULT '';
-- Without it a name that was erased could not be told from one that never changed, and a replay would make fewer states.
ALTER TABLE staff_name ADD COLUMN revision bigint NOT NULL DEFAULT -1;

SELECT keep_past('alert_now', 'alert_id');
SELECT keep_past('case_now', 'case_id');
SELECT keep_past('device_now', 'device_id');
SELECT keep_past('staff_name', 'staff_id');

-- What changed between two moments.
CREATE INDEX alert_now_recorded ON alert_now (recorded_from);
CREATE INDEX alert_now_occurred ON alert_now (occurred_from);
CREATE INDEX alert_now_past_recorded ON alert_now_past (recorded_from);
CREATE INDEX alert_now_past_occurred ON alert_now_past (occurred_from);
CREATE INDEX case_now_recorded ON case_now (recorded_from);
CREATE INDEX case_now_occurred ON case_now (occurred_from);
CREATE INDEX case_now_past_recorded ON case_now_past (recorded_from);
CREATE INDEX case_now_past_occurred ON case_now_past (occurred_from);
CREATE INDEX device_now_recorded ON device_now (recorded_from);
CREATE INDEX device_now_occurred ON device_now (occurred_from);
CREATE INDEX device_now_past_recorded ON device_now_past (recorded_from);
CREATE INDEX device_now_past_occurred ON device_now_past (occurred_from);
