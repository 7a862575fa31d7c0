import type { RunningProduct } from '@brain/test-e2e';
import { percentile, print } from '../figures.js';
import { rowsOf } from './product-database.js';
import { say } from './say.js';

const bench = 'audit';
const ASKED = 1_000;
const AT_ONCE = 4;

/** Proofs of events from everywhere in the record, over HTTP, through the gateway. */
export async function proofFigures(product: RunningProduct): Promise<void> {
  say(`${String(ASKED)} inclusion proofs`);
  const ids = (await rowsOf<{ event_id: string }>(product.dataDir, 'SELECT event_id FROM event_store.event TABLESAMPLE BERNOULLI (5) LIMIT $1', [ASKED])).map((row) => row.event_id);
  const plain = await times(product, ids, (id) => `/api/audit/events/${id}`);
  const proofs = await times(product, ids, (id) => `/api/audit/proof/${id}`);
  const baseline = { what: 'the event alone, without its proof, p99', value: percentile(plain, 0.99) };
  print({ bench, figure: `inclusion proof over HTTP, ${String(AT_ONCE)} at once, p50`, value: percentile(proofs, 0.5), unit: 'ms' });
  print({ bench, figure: `inclusion proof over HTTP, ${String(AT_ONCE)} at once, p99`, value: percentile(proofs, 0.99), unit: 'ms', target: '< 50', baseline });
}

/** Milliseconds of each request. The first few open connections and are not counted. */
export async function times(product: RunningProduct, ids: readonly string[], pathOf: (id: string) => string): Promise<readonly number[]> {
  const auditor = product.as('auditor');
  const taken: number[] = [];
  const waiting = [...ids];
  for (const id of waiting.splice(0, 20)) await auditor.get(pathOf(id));
  const ask = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const start = performance.now();
      await auditor.get(pathOf(id));
      taken.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  return taken;
}
