import { newestOf } from '../newest-event.js';
import { inSchema } from '../migrations/in-schema.js';
import type { Projection } from '../projection.port.js';
import { readPosition, savePosition } from '../projections/projection-position.js';
import { withClient } from '../projections/with-client.js';
import { fromStore, inShadow, type Rebuild, type Source } from './rebuild.js';

/** Brings the shadow to exactly the position the live tables are at now. Returns how many events that took. */
export async function catchUpFromStore(rebuild: Rebuild, projection: Projection, { pages, write }: Source = fromStore(rebuild, projection)): Promise<number> {
  const { pool, live, onApplied } = rebuild;
  const until = await withClient(pool, (client) => inSchema(client, live, () => readPosition(client, projection.name)));
  const after = await inShadow(rebuild, (client) => readPosition(client, projection.name));
  let applied = 0;
  for await (const events of pages({ after, until, types: projection.types })) {
    await inShadow(rebuild, async (client) => {
      await write(client, events);
      await savePosition(client, projection.name, events.at(-1)?.position ?? after, newestOf(events));
    });
    applied += events.length;
    onApplied(projection, events.length);
  }
  await inShadow(rebuild, (client) => savePosition(client, projection.name, until, null));
  return applied;
}
