import type { ClientBase } from 'pg';
import type { StoredEvent } from '@brain/contracts';
import { START_POSITION } from '../event-store.port.js';
import type { Projection } from '../projection.port.js';
import { fromStore, inShadow, type Rebuild, type Source } from './rebuild.js';

/**
 * The long part for tables fed from the bus: one pass over the store, each stream up to where the live tables were
 * before the pass began. All of that is then in the store below where the pass ends, and every event comes once: so
 * the shadow is told at once how far each stream will be, and nothing is counted on the way.
 */
export async function replayStreams(rebuild: Rebuild, projection: Projection, { pages, write }: Source = fromStore(rebuild, projection)): Promise<void> {
  await takeLiveRevisions(rebuild, projection);
  for await (const events of pages({ after: START_POSITION, types: projection.types })) {
    await inShadow(rebuild, async (client) => {
      const revisions = await revisionsOf(client, projection, events);
      const due = events.filter(({ streamId, revision }) => revision <= (revisions.get(streamId) ?? -1));
      if (due.length > 0) await write(client, due);
    });
    rebuild.onApplied(projection, events.length);
  }
}

function takeLiveRevisions(rebuild: Rebuild, { name }: Projection): Promise<unknown> {
  return inShadow(rebuild, (client) =>
    client.query(
      `INSERT INTO projection_stream (projection, stream_id, revision)
       SELECT projection, stream_id, revision FROM "${rebuild.live}".projection_stream WHERE projection = $1`,
      [name],
    ),
  );
}

async function revisionsOf(client: ClientBase, projection: Projection, events: readonly StoredEvent[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ stream_id: string; revision: string }>(
    'SELECT stream_id, revision FROM projection_stream WHERE projection = $1 AND stream_id = ANY($2)',
    [projection.name, [...new Set(events.map(({ streamId }) => streamId))]],
  );
  return new Map(rows.map((row) => [row.stream_id, Number(row.revision)]));
}
