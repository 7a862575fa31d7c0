import type { ClientBase, Pool } from 'pg';
import type { EventReader } from '../event-store.port.js';
import { inSchema } from '../migrations/in-schema.js';
import { allTablesOf } from '../past/past-tables.js';
import type { Projection } from '../projection.port.js';
import { madeTables, makingsOf, noteMade, reasonOf, type DifferenceReason } from './made-tables.js';
import { lockProjection } from '../projections/projection-lock.js';
import { withClient } from '../projections/with-client.js';
import { catchUpFromStore } from './catch-up-from-store.js';
import { catchUpStreams } from './catch-up-streams.js';
import { fillTables } from './fill/fill-tables.js';
import { replayStreams } from './replay-streams.js';
import { inShadow, pagesOf, type Pages, type Rebuild } from './rebuild.js';
import { makeIndexes, setReadersAside } from './bare-shadow.js';
import { createShadow, dropShadow, swapTables } from './shadow-schema.js';
import { digestTable } from './table-digest.js';
import { pipelinedClient } from './write-behind-client.js';

export interface RebuildOptions {
  readonly store: EventReader;
  /** The store read once, for all tables that are filled, also those of other rebuilds: a reader for each of them. Absent: each reads it. */
  readonly firstPass?: Pages;
  /** At least two connections; one more is made like them, and one for each table that is filled. */
  readonly pool: Pool;
  readonly schema: string;
  readonly migrationsDir: string;
  readonly projections: readonly Projection[];
  /** After each chunk: how many more events of a projection are done with. */
  readonly onProgress?: (progress: { readonly projection: string; readonly events: number }) => void;
  /** Ends the rebuild with the signal's reason; nothing of it stays. */
  readonly signal?: AbortSignal;
  /** Puts the rebuilt tables in the place of the live ones. Default false. */
  readonly swap?: boolean;
}

export interface TableComparison {
  readonly projection: string;
  readonly table: string;
  /** In the rebuilt table. */
  readonly rows: number;
  readonly liveDigest: string;
  readonly rebuiltDigest: string;
  readonly identical: boolean;
  /** Why they differ; null: they are identical. */
  readonly reason: DifferenceReason | null;
}

/** A rebuild that is this close is finished with the projections stopped. */
const NEAR_EVENTS = 200;
const MAX_ROUNDS = 10;

/**
 * Fills the read tables anew beside the live ones, from the event store alone, and compares both at exactly the same
 * point. The live projections go on; they stop only for the last few events, and for a swap.
 */
export async function rebuildReadTables(options: RebuildOptions): Promise<readonly TableComparison[]> {
  const { store, firstPass, pool, schema: live, migrationsDir, projections, onProgress, signal, swap = false } = options;
  const onApplied: Rebuild['onApplied'] = ({ name }, events) => {
    signal?.throwIfAborted();
    onProgress?.({ projection: name, events });
  };
  const writer = pipelinedClient(pool);
  const rebuild: Rebuild = { store, pool, live, shadow: `${live}_rebuild`, writer, onApplied };

  await createShadow(pool, rebuild.shadow, migrationsDir);
  try {
    await writer.connect();
    const indexes = await setReadersAside(rebuild, projections, { isThrownAway: !swap });
    await fillTables(rebuild, projections, firstPass ?? pagesOf(store));
    for (const projection of projections) await replay(rebuild, projection);
    if (swap) await makeIndexes(writer, indexes);
    const compared = await withClient(pool, (snapshot) => compareAtOnePoint(rebuild, projections, snapshot));
    if (swap) {
      await whileStopped(rebuild, projections, async (client) => {
        await swapTables(client, live, rebuild.shadow, projections.flatMap(allTablesOf), projections.flatMap(({ past = [] }) => past));
        await noteMade(client, live, projections);
      });
    }
    return compared;
  } finally {
    await writer.end();
    await dropShadow(pool, rebuild.shadow);
  }
}

/** What was filled is already near. */
async function replay(rebuild: Rebuild, projection: Projection): Promise<void> {
  if (projection.fill === undefined && projection.from !== 'store') await replayStreams(rebuild, projection);
  for (let round = 1; round <= MAX_ROUNDS; round += 1) {
    if ((await catchUp(rebuild, projection)) <= NEAR_EVENTS) return;
  }
}

function catchUp(rebuild: Rebuild, projection: Projection): Promise<number> {
  return projection.from === 'store' ? catchUpFromStore(rebuild, projection) : catchUpStreams(rebuild, projection);
}

/** Stops the live projections, brings the shadow to where they are, works, and lets them go on. */
function whileStopped(rebuild: Rebuild, projections: readonly Projection[], work: (client: ClientBase) => Promise<void>): Promise<void> {
  return withClient(rebuild.pool, (client) =>
    inSchema(client, rebuild.live, async () => {
      const inOneOrder = [...projections].sort((a, b) => (a.name < b.name ? -1 : 1));
      for (const projection of inOneOrder) await lockProjection(client, rebuild.live, projection, 'alone');
      for (const projection of projections) await catchUp(rebuild, projection);
      await work(client);
    }),
  );
}

/**
 * The snapshot is taken while the projections stand still; the digests are made of it after they went on. Nobody but
 * us writes the shadow, so it needs none, and both are read at the same time.
 */
async function compareAtOnePoint(rebuild: Rebuild, projections: readonly Projection[], snapshot: ClientBase): Promise<readonly TableComparison[]> {
  await whileStopped(rebuild, projections, async () => {
    await snapshot.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await snapshot.query('SELECT 1'); // the first statement takes it
  });
  const [made, makings] = [await madeTables(snapshot, rebuild.live), await makingsOf(snapshot, rebuild.live, projections)];
  const compared: TableComparison[] = [];
  for (const { name, ...projection } of projections) {
    for (const table of allTablesOf(projection)) {
      const [{ digest: liveDigest }, { digest: rebuiltDigest, rows }] = await Promise.all([
        digestTable(snapshot, rebuild.live, table),
        inShadow(rebuild, (client) => digestTable(client, rebuild.shadow, table)),
      ]);
      const identical = liveDigest === rebuiltDigest;
      const reason = identical ? null : reasonOf(made.get(table), makings.get(table) ?? '');
      compared.push({ projection: name, table, rows, liveDigest, rebuiltDigest, identical, reason });
    }
  }
  await snapshot.query('COMMIT');
  return compared;
}
