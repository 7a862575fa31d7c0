import { Injectable } from '@nestjs/common';
import type { PastAxis, PastChange, PastChanges } from '@brain/contracts';
import { Database, decodeCursor, page } from '@brain/service-kit';
import type { Subscription } from '../live/domain/subscription.js';
import { toCaseView, within } from '../live/live-tables.js';
import { clientEventName } from '../read-tables/domain/client-event-name.js';
import type { PastChangesQuery } from './past-changes.schema.js';

const TOPICS = ['alert', 'case', 'device'] as const;
type Topic = (typeof TOPICS)[number];
/** In the same order of time as the states themselves. */
type Told = Topic | 'device-left';

interface Row {
  readonly topic: Told;
  readonly id: string;
  /** ISO 8601 UTC, with all digits the database has. */
  readonly since: string;
  readonly revision: number;
  readonly event: string;
  readonly view: never;
  readonly assignee: string | null;
}

/** What began to hold between two moments, in order of time. What never showed, because it was overtaken at once, is left out. */
@Injectable()
export class PastChangesFeed {
  constructor(private readonly database: Database) {}

  async between({ from, to, as, limit, cursor }: PastChangesQuery, { areas, topics }: Subscription): Promise<PastChanges> {
    const wanted = TOPICS.filter((topic) => topics.includes(topic));
    if (wanted.length === 0) return { items: [], nextCursor: null };
    await this.database.requirePastSince(wanted.map((topic) => `${topic}_now`), from, 'from');
    const after = decodeCursor(cursor, 4) ?? [from, 'zzz', '', 0];
    const scope = areas[0] === '*' ? null : areas;
    const states = wanted.flatMap((topic) => [stateOf(topic, as, ''), stateOf(topic, as, '_past')]);
    // Nobody leaves everywhere.
    const departures = scope !== null && wanted.includes('device') ? [departuresOf(as)] : [];
    const rows = await this.database.query<Row>(inOrder([...states, ...departures], as), [scope, ...after, to, limit + 1]);
    const { items, nextCursor } = page(rows, limit, ({ since, topic, id, revision }) => [since, topic, id, revision]);
    return { items: items.map(changeOf), nextCursor };
  }
}

/** `$1` areas, `$2` to `$5` after which change, `$6` until when, `$7` how many. */
function inOrder(changes: readonly string[], as: PastAxis): string {
  const from = `${as}_from`;
  return `
    SELECT topic, id, revision, event, view, ${SHOWN_SINCE} AS since,
      CASE WHEN topic = 'case' THEN coalesce(
        (SELECT name FROM staff_name WHERE staff_id = (view->>'assigneeId')::uuid AND ${from} <= began),
        (SELECT name FROM staff_name_past WHERE staff_id = (view->>'assigneeId')::uuid AND ${from} <= began AND ${as}_to > began LIMIT 1)
      ) END AS assignee
    FROM (SELECT * FROM (${changes.join(' UNION ALL ')}) AS state ORDER BY began, topic, id, revision LIMIT $7) AS change
    ORDER BY began, topic, id, revision`;
}

const SHOWN_SINCE = `to_char(began AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

function stateOf(topic: Topic, as: PastAxis, suffix: '' | '_past'): string {
  const from = `${as}_from`;
  return `(SELECT '${topic}' AS topic, ${topic}_id::text AS id, (view->>'revision')::bigint AS revision, last_event AS event, view, ${from} AS began
    FROM ${topic}_now${suffix}
    WHERE ${from} >= $2::timestamptz AND ${from} <= $6 AND ${within('area_code')}
      AND (${from}, '${topic}', ${topic}_id::text, (view->>'revision')::bigint) > ($2::timestamptz, $3, $4, $5::bigint)
      ${suffix === '' ? '' : `AND ${from} < ${as}_to`}
    ORDER BY ${from}, ${topic}_id::text, (view->>'revision')::bigint LIMIT $7)`;
}

/** Devices alone change their area. `next` is the state after one that was shown, where it lies elsewhere. */
function departuresOf(as: PastAxis): string {
  const [from, to] = [`${as}_from`, `${as}_to`];
  const state = `SELECT (view->>'revision')::bigint AS revision, area_code FROM`;
  return `(SELECT 'device-left' AS topic, was.device_id::text AS id, next.revision, '' AS event, NULL::jsonb AS view, was.${to} AS began
    FROM device_now_past AS was CROSS JOIN LATERAL (
      ${state} device_now WHERE device_id = was.device_id AND ${from} <= was.${to}
      UNION ALL
      ${state} device_now_past WHERE device_id = was.device_id AND ${from} <= was.${to} AND ${to} > was.${to}
    ) AS next
    WHERE was.${to} >= $2::timestamptz AND was.${to} <= $6 AND was.${from} < was.${to}
      AND ${within('was.area_code')} AND NOT ${within('next.area_code')}
      AND (was.${to}, 'device-left', was.device_id::text, next.revision) > ($2::timestamptz, $3, $4, $5::bigint)
    ORDER BY was.${to}, was.device_id::text, next.revision LIMIT $7)`;
}

function changeOf({ topic, id, event, view, since, assignee }: Row): PastChange {
  const at = new Date(since).toISOString();
  if (topic === 'device-left') return { at, topic, type: 'device.left.v1', data: { deviceId: id } };
  const about = { at, type: event === '' ? `${topic}.changed.v1` : clientEventName(event) };
  switch (topic) {
    case 'alert':
      return { ...about, topic, data: view };
    case 'case':
      return { ...about, topic, data: toCaseView(view, assignee) };
    case 'device':
      return { ...about, topic, data: view };
  }
}
