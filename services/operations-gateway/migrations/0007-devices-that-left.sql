-- Devices that left somewhere between two moments, as it turned out; as it was recorded the index of what held finds them.
CREATE INDEX device_now_past_ended ON device_now_past (occurred_to);
