import { inSchema } from '../migrations/in-schema.js';
import type { Projection } from '../projection.port.js';
import { applyEvents } from '../projections/apply-events.js';
import { readPosition, savePosition } from '../projections/projection-position.js';
import { withClient } from '../projections/with-client.js';
import { inChunks } from './in-chunks.js';
import { CHUNK, inShadow, type Rebuild } from './rebuild.js';
import { writingBehind } from './write-behind-client.js';

/** Brings the shadow to exactly the position the live tables are at now. Returns how many events that took. */
export async function catchUpFromStore(rebuild: Rebuild, projection: Projection): Promise<number> {
  const { store, pool, live, onApplied } = rebuild;
  const until = await withClient(pool, (client) => inSchema(client, live, () => readPosition(client, projection.name)));
  const after = await inShadow(rebuild, (client) => readPosition(client, projection.name));
  let applied = 0;
  for await (const events of inChunks(store.readAll({ after, until, types: projection.types }), CHUNK)) {
    await inShadow(rebuild, async (client) => {
      await writingBehind(client, (sql) => applyEvents(sql, projection, events));
      await savePosition(client, projection.name, events.at(-1)?.position ?? after);
    });
    applied += events.length;
    onApplied(projection, events.length);
  }
  await inShadow(rebuild, (client) => savePosition(client, projection.name, until));
  return applied;
}
