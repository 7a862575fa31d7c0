-- What was refused, by what it was meant for: a story asks for it. There are few, so the index is small.
CREATE INDEX audit_event_refused_target ON audit_event (lower(data ->> 'target'), position) WHERE split_part(type, '.', 2) = 'command-refused';
