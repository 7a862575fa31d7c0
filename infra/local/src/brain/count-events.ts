import pg from 'pg';
import type { ReplayComposition } from '@brain/event-store';

/**
 * How many events the projections have to read, each as often as it is read. PostgreSQL counts them in a moment;
 * EventStoreDB would have to read them all.
 */
export async function countEvents(connectionString: string, compositions: readonly ReplayComposition[]): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ type: string; events: string }>('SELECT type, count(*) AS events FROM event_store.event GROUP BY type');
    const byType = new Map(rows.map(({ type, events }) => [type, Number(events)]));
    const types = compositions.flatMap(({ projections }) => projections.flatMap((projection) => projection.types));
    return types.reduce((sum, type) => sum + (byType.get(type) ?? 0), 0);
  } finally {
    await client.end();
  }
}
