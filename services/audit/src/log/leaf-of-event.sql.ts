/**
 * Where in the log a row of `audit_event` is; NULL: not yet. Leaves of an older version are known by the event's id; the
 * `+ 0` keeps a planner without statistics from walking the log in its order until it meets the event.
 */
export const LEAF_OF_EVENT = `coalesce(
  (SELECT leaf_index FROM log_leaf WHERE log_leaf.position = audit_event.position),
  (SELECT min(leaf_index + 0) FROM log_leaf WHERE log_leaf.event_id = audit_event.event_id::text))`;
