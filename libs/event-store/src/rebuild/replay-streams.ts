import type { ClientBase } from 'pg';
import type { StoredEvent } from '@brain/contracts';
import { START_POSITION } from '../event-store.port.js';
import { inSchema } from '../migrations/in-schema.js';
import type { Projection } from '../projection.port.js';
import { applyOnce } from '../projections/apply-from-bus.js';
import { withClient } from '../projections/with-client.js';
import { inChunks } from './in-chunks.js';
import { CHUNK, inShadow, type Rebuild } from './rebuild.js';
import { writingBehind } from './write-behind-client.js';

/**
 * The long part for tables fed from the bus: one pass over the store, each stream up to where the live tables were
 * when the pass began. One snapshot answers where that was: were a stream to move on in between, an event left
 * out as too new would be missing before its successor.
 */
export async function replayStreams(rebuild: Rebuild, projection: Projection): Promise<void> {
  const { store, pool, live, onApplied } = rebuild;
  const replay = async (snapshot: ClientBase) => {
    for await (const events of inChunks(store.readAll({ after: START_POSITION, types: projection.types }), CHUNK)) {
      const applied = await liveRevisions(snapshot, projection, events);
      const due = events.filter(({ streamId, revision }) => revision <= (applied.get(streamId) ?? -1));
      if (due.length > 0) {
        await inShadow(rebuild, (client) =>
          writingBehind(client, async (sql) => {
            await applyOnce(sql, projection, due);
          }),
        );
      }
      onApplied(projection, events.length);
    }
  };
  await withClient(pool, (snapshot) => inSchema(snapshot, live, () => replay(snapshot), { isolation: 'REPEATABLE READ READ ONLY' }));
}

async function liveRevisions(client: ClientBase, projection: Projection, events: readonly StoredEvent[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ stream_id: string; revision: string }>(
    'SELECT stream_id, revision FROM projection_stream WHERE projection = $1 AND stream_id = ANY($2)',
    [projection.name, [...new Set(events.map(({ streamId }) => streamId))]],
  );
  return new Map(rows.map((row) => [row.stream_id, Number(row.revision)]));
}
