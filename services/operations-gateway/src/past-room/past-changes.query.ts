import { Injectable } from '@nestjs/common';
import type { PastAxis, PastChange, PastChanges } from '@brain/contracts';
import { Database, decodeCursor, page } from '@brain/service-kit';
import type { Subscription } from '../live/domain/subscription.js';
import { toCaseView, WITHIN } from '../live/live-tables.js';
import { clientEventName } from '../read-tables/domain/client-event-name.js';
import type { PastChangesQuery } from './past-changes.schema.js';

const TOPICS = ['alert', 'case', 'device'] as const;
type Topic = (typeof TOPICS)[number];

interface Row {
  readonly topic: Topic;
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
    const rows = await this.database.query<Row>(changesOf(wanted, as), [areas[0] === '*' ? null : areas, ...after, to, limit + 1]);
    const { items, nextCursor } = page(rows, limit, ({ since, topic, id, revision }) => [since, topic, id, revision]);
    return { items: items.map(changeOf), nextCursor };
  }
}

/** `$1` areas, `$2` to `$5` after which change, `$6` until when, `$7` how many. */
function changesOf(topics: readonly Topic[], as: PastAxis): string {
  const from = `${as}_from`;
  const states = topics.flatMap((topic) => [stateOf(topic, as, ''), stateOf(topic, as, '_past')]);
  return `
    SELECT topic, id, revision, event, view, ${SHOWN_SINCE} AS since,
      CASE WHEN topic = 'case' THEN coalesce(
        (SELECT name FROM staff_name WHERE staff_id = (view->>'assigneeId')::uuid AND ${from} <= began),
        (SELECT name FROM staff_name_past WHERE staff_id = (view->>'assigneeId')::uuid AND ${from} <= began AND ${as}_to > began LIMIT 1)
      ) END AS assignee
    FROM (SELECT * FROM (${states.join(' UNION ALL ')}) AS state ORDER BY began, topic, id, revision LIMIT $7) AS change
    ORDER BY began, topic, id, revision`;
}

const SHOWN_SINCE = `to_char(began AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

function stateOf(topic: Topic, as: PastAxis, suffix: '' | '_past'): string {
  const from = `${as}_from`;
  return `(SELECT '${topic}' AS topic, ${topic}_id::text AS id, (view->>'revision')::bigint AS revision, last_event AS event, view, ${from} AS began
    FROM ${topic}_now${suffix}
    WHERE ${from} >= $2::timestamptz AND ${from} <= $6 AND ${WITHIN}
      AND (${from}, '${topic}', ${topic}_id::text, (view->>'revision')::bigint) > ($2::timestamptz, $3, $4, $5::bigint)
      ${suffix === '' ? '' : `AND ${from} < ${as}_to`}
    ORDER BY ${from} LIMIT $7)`;
}

function changeOf({ topic, event, view, since, assignee }: Row): PastChange {
  const about = { at: new Date(since).toISOString(), type: event === '' ? `${topic}.changed.v1` : clientEventName(event) };
  switch (topic) {
    case 'alert':
      return { ...about, topic, data: view };
    case 'case':
      return { ...about, topic, data: toCaseView(view, assignee) };
    case 'device':
      return { ...about, topic, data: view };
  }
}
