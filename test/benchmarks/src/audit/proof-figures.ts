import { setTimeout as pause } from 'node:timers/promises';
import type { RunningProduct } from '@brain/test-e2e';
import { percentile, print } from '../figures.js';
import { rowsOf } from './product-database.js';
import { say } from './say.js';

const bench = 'audit';
const ASKED = 1_000;
const EACH_SECOND = 25;
/** Without a pause, which keeps two cores busy: what a request waits for then is the others. */
const AT_ONCE = 4;

/** Proofs of events from everywhere in the record, over HTTP, through the gateway. */
export async function proofFigures(product: RunningProduct): Promise<void> {
  say(`${String(ASKED)} inclusion proofs, ${String(EACH_SECOND)} each second`);
  const ids = (await rowsOf<{ event_id: string }>(product.dataDir, 'SELECT event_id FROM event_store.event TABLESAMPLE BERNOULLI (5) LIMIT $1', [ASKED])).map((row) => row.event_id);
  const proofOf = (id: string) => `/api/audit/proof/${id}`;
  const proofs = await timesAtRate(product, ids, proofOf);
  const plain = await timesAtRate(product, ids, (id) => `/api/audit/events/${id}`);
  const rate = `inclusion proof over HTTP, ${String(EACH_SECOND)} each second`;
  print({ bench, figure: `${rate}, p50`, value: percentile(proofs, 0.5), unit: 'ms' });
  const baseline = { what: 'the event alone, without its proof, and that it was read on the record: p99', value: percentile(plain, 0.99) };
  print({ bench, figure: `${rate}, p99`, value: percentile(proofs, 0.99), unit: 'ms', target: '< 50', baseline });
  const crowded = await times(product, ids, proofOf);
  print({ bench, figure: `inclusion proof over HTTP, ${String(AT_ONCE)} at once without a pause, p99`, value: percentile(crowded, 0.99), unit: 'ms', baseline: { what: 'their p50', value: percentile(crowded, 0.5) } });
}

const WARM_UP = 20;

/** Milliseconds of each request, sent when its time has come whatever the others take. The first few open connections and are not counted. */
async function timesAtRate(product: RunningProduct, ids: readonly string[], pathOf: (id: string) => string): Promise<readonly number[]> {
  const auditor = product.as('auditor');
  for (const id of ids.slice(0, WARM_UP)) await auditor.get(pathOf(id));
  const answers: Promise<number>[] = [];
  const begun = performance.now();
  for (const [n, id] of ids.slice(WARM_UP).entries()) {
    await pause(Math.max(0, begun + (n * 1_000) / EACH_SECOND - performance.now()));
    answers.push(timeOf(() => auditor.get(pathOf(id))));
  }
  return Promise.all(answers);
}

/** Milliseconds of each request, so many at once. The first few open connections and are not counted. */
export async function times(product: RunningProduct, ids: readonly string[], pathOf: (id: string) => string): Promise<readonly number[]> {
  const auditor = product.as('auditor');
  const taken: number[] = [];
  const waiting = [...ids];
  for (const id of waiting.splice(0, WARM_UP)) await auditor.get(pathOf(id));
  const ask = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const path = pathOf(id);
      taken.push(await timeOf(() => auditor.get(path)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  return taken;
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
