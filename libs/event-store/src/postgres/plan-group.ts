import type { StoredEvent } from '@brain/contracts';
import { findRepeat } from '../find-repeat.js';
import { StreamConflict, type AppendResult, type StreamAppend } from '../event-store.port.js';
import type { PendingAppend } from './append-queue.js';
import type { NewRow } from './insert-events.js';

/** What becomes of each append of a group, decided before anything is written. */
export interface GroupPlan {
  readonly writes: readonly { readonly pending: PendingAppend; readonly rows: readonly NewRow[] }[];
  readonly repeats: readonly { readonly pending: PendingAppend; readonly result: AppendResult }[];
  readonly refusals: readonly { readonly pending: PendingAppend; readonly error: unknown }[];
  /** Shares an event id with another append of the group: decided once that one is stored. */
  readonly later: readonly PendingAppend[];
}

/**
 * Each append sees the streams as the accepted ones before it leave them, so one stream's conflict concerns nobody
 * else. `heads` are the last revisions, -1 for no stream; `stored` are the already stored events among the group's.
 */
export function planGroup(
  group: readonly PendingAppend[],
  heads: ReadonlyMap<string, number>,
  stored: ReadonlyMap<string, StoredEvent>,
): GroupPlan {
  const plan = { writes: [], repeats: [], refusals: [], later: [] } as {
    -readonly [K in keyof GroupPlan]: GroupPlan[K][number][];
  };
  const planned = new Map(heads);
  const ids = new Set<string>();

  for (const pending of group) {
    const givenIds = pending.appends.flatMap(({ events }) => events.map(({ eventId }) => eventId));
    if (givenIds.some((id) => ids.has(id))) {
      plan.later.push(pending);
      continue;
    }
    try {
      const repeat = findRepeat(pending.appends, stored);
      if (repeat === undefined) {
        const { rows, moved } = rowsOf(pending.appends, planned);
        for (const [streamId, head] of moved) planned.set(streamId, head);
        for (const id of givenIds) ids.add(id);
        plan.writes.push({ pending, rows });
      } else {
        plan.repeats.push({ pending, result: { events: repeat, repeated: true } });
      }
    } catch (error) {
      plan.refusals.push({ pending, error });
    }
  }
  return plan;
}

function rowsOf(appends: readonly StreamAppend[], heads: ReadonlyMap<string, number>) {
  const moved = new Map<string, number>();
  const rows: NewRow[] = [];
  for (const { streamId, expectedRevision, events } of appends) {
    const head = moved.get(streamId) ?? heads.get(streamId) ?? -1;
    const expected = expectedRevision === 'none' ? -1 : expectedRevision;
    if (expected !== 'any' && expected !== head) throw new StreamConflict(streamId, expectedRevision, head < 0 ? null : head);
    for (const [index, event] of events.entries()) rows.push({ streamId, revision: head + 1 + index, event, head: null, append: 0 });
    moved.set(streamId, head + events.length);
  }
  return { rows, moved };
}
