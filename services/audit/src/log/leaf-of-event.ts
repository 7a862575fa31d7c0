/**
 * SQL for the first leaf that is this event; null: not in the log (yet). The `+ 0` keeps the planner from walking the
 * log in its order until it meets the event: as long as it has no statistics of the table, it takes that for quick.
 */
export function leafOfEvent(eventId: string): string {
  return `(SELECT min(leaf_index + 0) FROM log_leaf WHERE log_leaf.event_id = ${eventId})`;
}
