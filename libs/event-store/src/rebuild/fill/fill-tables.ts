import pg, { type ClientBase } from 'pg';
import type { Projection, TableFilling } from '../../projection.port.js';
import { catchUpFromStore } from '../catch-up-from-store.js';
import { inShadow, type Pages, type Rebuild, type Source } from '../rebuild.js';
import { replayStreams } from '../replay-streams.js';

/** Projections that begin with tables that are filled. */
export function fillable(projections: readonly Projection[]): readonly Projection[] {
  return projections.filter((projection) => projection.fill !== undefined);
}

/** All that can be filled, at the same time: each read from the first event on, once, and written by a connection of its own. */
export async function fillTables(rebuild: Rebuild, projections: readonly Projection[], pages: Pages): Promise<void> {
  const failed = new AbortController();
  const onApplied: Rebuild['onApplied'] = (projection, events) => {
    failed.signal.throwIfAborted();
    rebuild.onApplied(projection, events);
  };
  // One that fails before it reads would leave the others waiting for it to take part.
  const untilFailed: Pages = (part) => pages({ ...part, signal: failed.signal });
  const filled = fillable(projections).map(async (projection) => {
    try {
      await withPlainClient(rebuild, (writer) => fillOne({ ...rebuild, writer, onApplied }, projection, untilFailed));
    } catch (error) {
      failed.abort(error); // the others need not go on
      throw error;
    }
  });
  await Promise.allSettled(filled); // what is being written must not lose its schema
  await Promise.all(filled);
}

async function fillOne(rebuild: Rebuild, projection: Projection, pages: Pages): Promise<void> {
  const filling = projection.fill?.();
  if (filling === undefined) return;
  await replayFrom(rebuild, projection, sourceOf(filling, pages));
  await inShadow(rebuild, (client) => filling.end(client));
}

function replayFrom(rebuild: Rebuild, projection: Projection, source: Source): Promise<unknown> {
  return projection.from === 'store' ? catchUpFromStore(rebuild, projection, source) : replayStreams(rebuild, projection, source);
}

function sourceOf(filling: TableFilling, pages: Pages): Source {
  return { pages, write: (client, events) => filling.add(client, events) };
}

/** COPY does not go through a pipelined connection. */
async function withPlainClient(rebuild: Rebuild, work: (client: ClientBase) => Promise<void>): Promise<void> {
  const client = new pg.Client(rebuild.pool.options);
  client.on('error', () => undefined); // the statement that misses its answer fails, and tells
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
