import type { RunningProduct } from '@brain/test-e2e';
import { percentile, print } from '../figures.js';
import { rowsOf } from './product-database.js';
import { times } from './proof-figures.js';
import { say } from './say.js';

const bench = 'audit';
const CASES = 500;
const ROOMS = 10;

/** One case, and the whole room, at moments all over the record. */
export async function pastFigures(product: RunningProduct): Promise<void> {
  say('looking into the past');
  const sql = `SELECT data ->> 'caseId' AS id, recorded_at FROM event_store.event TABLESAMPLE BERNOULLI (5)
               WHERE type = 'case-management.case-completed.v1' LIMIT $1`;
  const found = await rowsOf<{ id: string; recorded_at: Date }>(product.dataDir, sql, [CASES]);
  const at = new Map(found.map(({ id, recorded_at: moment }) => [id, moment.toISOString()]));
  const ids = [...at.keys()];
  const now = await times(product, ids, (id) => `/api/cases/${id}`);
  const past = await times(product, ids, (id) => `/api/cases/${id}?at=${at.get(id) ?? ''}`);
  const baseline = { what: 'the case as it is now, p99', value: percentile(now, 0.99) };
  print({ bench, figure: 'one case at a past moment over HTTP, p99', value: percentile(past, 0.99), unit: 'ms', target: '< 200', baseline });

  const rooms: number[] = [];
  const auditor = product.as('auditor');
  for (const moment of [...at.values()].slice(0, ROOMS)) {
    const start = performance.now();
    await auditor.get(`/api/audit/room?at=${moment}`);
    rooms.push((performance.now() - start) / 1_000);
  }
  print({ bench, figure: `the whole room at a past moment over HTTP, slowest of ${String(rooms.length)}`, value: Math.max(...rooms), unit: 's', target: '< 3' });
}
