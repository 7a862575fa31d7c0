import type { StoredEvent } from '@brain/contracts';
import type { Projection } from '../projection.port.js';
import { applyOnce } from '../projections/apply-from-bus.js';
import { saveRevisions, takeRevisions } from '../projections/stream-revisions.js';
import { inShadow, type Rebuild } from './rebuild.js';

/** Streams at once. */
const MOST_BEHIND = 1_000;

interface StreamBehind {
  readonly streamId: string;
  readonly at: number;
  readonly live: number;
}

/** Brings each stream of the shadow to exactly where the live tables have it now. Returns how many events that took. */
export async function catchUpStreams(rebuild: Rebuild, projection: Projection): Promise<number> {
  let applied = 0;
  for (;;) {
    const behind = await streamsBehind(rebuild, projection);
    if (behind.length === 0) return applied;
    for (const stream of behind) {
      const events = await missing(rebuild, projection, stream);
      await inShadow(rebuild, async (client) => {
        if (events.length > 0) await applyOnce(client, projection, events);
        // Also where no event was for us: the live tables say they have seen it.
        await takeRevisions(client, projection.name, [stream]);
        await saveRevisions(client, projection.name, new Map([[stream.streamId, stream.live]]));
      });
      applied += events.length;
      rebuild.onApplied(projection, events.length);
    }
  }
}

async function streamsBehind({ pool, live, shadow }: Rebuild, { name }: Projection): Promise<readonly StreamBehind[]> {
  const { rows } = await pool.query<{ stream_id: string; at: string; live: string }>(
    `SELECT live.stream_id, coalesce(shadow.revision, -1) AS at, live.revision AS live
     FROM "${live}".projection_stream AS live LEFT JOIN "${shadow}".projection_stream AS shadow USING (projection, stream_id)
     WHERE projection = $1 AND live.revision > coalesce(shadow.revision, -1)
     ORDER BY live.stream_id LIMIT $2`,
    [name, MOST_BEHIND],
  );
  return rows.map((row) => ({ streamId: row.stream_id, at: Number(row.at), live: Number(row.live) }));
}

async function missing({ store }: Rebuild, { types }: Projection, { streamId, at, live }: StreamBehind): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const event of store.readStream(streamId, { fromRevision: at + 1 })) {
    if (event.revision > live) break;
    if (types.includes(event.type)) events.push(event);
  }
  return events;
}
