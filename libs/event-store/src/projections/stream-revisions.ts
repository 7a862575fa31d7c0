import type { ClientBase } from 'pg';
import type { StoredEvent } from '@brain/contracts';

/** Up to where each of the events' streams is applied; held until the end of the transaction, in one order for all. */
export async function takeRevisions(
  client: ClientBase,
  projection: string,
  events: readonly Pick<StoredEvent, 'streamId'>[],
): Promise<Map<string, number>> {
  const streams = [...new Set(events.map(({ streamId }) => streamId))].sort();
  const { rows } = await client.query<{ stream_id: string; revision: string }>({
    name: 'projection-streams-taken',
    // Updated to what it is: that locks the row and gives it back, new or known, in one statement.
    text: `INSERT INTO projection_stream AS known (projection, stream_id, revision)
           SELECT $1, stream_id, -1 FROM unnest($2::text[]) AS stream (stream_id) ORDER BY stream_id
           ON CONFLICT (projection, stream_id) DO UPDATE SET revision = known.revision
           RETURNING stream_id, revision`,
    values: [projection, streams],
  });
  return new Map(rows.map((row) => [row.stream_id, Number(row.revision)]));
}

export async function saveRevisions(client: ClientBase, projection: string, revisions: ReadonlyMap<string, number>): Promise<void> {
  await client.query({
    name: 'projection-streams-saved',
    text: `UPDATE projection_stream SET revision = new.revision
           FROM unnest($2::text[], $3::bigint[]) AS new (stream_id, revision)
           WHERE projection = $1 AND projection_stream.stream_id = new.stream_id`,
    values: [projection, [...revisions.keys()], [...revisions.values()]],
  });
}
