import { setTimeout as pause } from 'node:timers/promises';
import { startProduct, type RunningProduct } from '@brain/test-e2e';
import { percentile, print } from '../figures.js';
import { appendAtRate, type Appended } from './append-load.js';
import { CheckpointWatch } from './checkpoint-watch.js';
import { rowsOf } from './product-database.js';
import { say } from './say.js';

const bench = 'audit';
const PROVABLE = { perSecond: 2_000, seconds: 20 };
const COST = { perSecond: 500, seconds: 15 };
const PAIRS = 2;
/** The longest there is, and longer than one measurement: the log takes up nothing meanwhile. */
const LOG_OFF = { AUDIT_LOG_CHECKPOINT_MS: '60000' };

/** From the call of `append` to a checkpoint that has the event. */
export async function provableFigures(product: RunningProduct): Promise<void> {
  say(`${String(PROVABLE.perSecond)} appends each second`);
  const watch = new CheckpointWatch(product.dataDir, 10);
  await watch.until(1);
  const before = watch.size;
  const appended = await appendAtRate(product.dataDir, PROVABLE.perSecond, PROVABLE.seconds);
  await watch.until(before + appended.length); // nobody asks the database anything before
  const leaves = await leavesOf(product.dataDir, appended);
  await watch.until(Math.max(...leaves.values()) + 1);
  await watch.stop();
  const waits = appended.map(({ eventId, calledAt }) => watch.provableAt(leaves.get(eventId) ?? Infinity) - calledAt);
  const answered = percentile(appended.map(({ ms }) => ms), 0.99);
  const baseline = { what: 'append → answer, p99', value: answered };
  print({ bench, figure: `append → provable at ${String(PROVABLE.perSecond)} appends/s, p50`, value: percentile(waits, 0.5), unit: 'ms' });
  print({ bench, figure: `append → provable at ${String(PROVABLE.perSecond)} appends/s, p99`, value: percentile(waits, 0.99), unit: 'ms', target: '< 2000', baseline });
}

async function leavesOf(dataDir: string, appended: readonly Appended[]): Promise<ReadonlyMap<string, number>> {
  const ids = appended.map(({ eventId }) => eventId);
  for (;;) {
    const rows = await rowsOf<{ event_id: string; leaf_index: string }>(dataDir, 'SELECT audit_event.event_id, leaf_index FROM audit.audit_event JOIN audit.log_leaf USING (position) WHERE audit_event.event_id = ANY ($1::uuid[])', [ids]);
    if (rows.length === ids.length) return new Map(rows.map((row) => [row.event_id, Number(row.leaf_index)]));
    await pause(500);
  }
}

/** The same appends with the log and without it, in turn, each in a product that was just started. */
export async function appendCostFigures(dataDir: string): Promise<void> {
  const [on, off]: [number[], number[]] = [[], []];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    off.push(...(await appendTimes(dataDir, LOG_OFF)));
    on.push(...(await appendTimes(dataDir, {})));
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const baseline = { what: 'the same with the log off, in turn', value: mean(off) };
  const target = `<= ${String(Math.round(1_100 * mean(off)) / 1_000)}`;
  print({ bench, figure: `one append at ${String(COST.perSecond)} appends/s, mean`, value: mean(on), unit: 'ms', target, baseline });
  print({ bench, figure: `one append at ${String(COST.perSecond)} appends/s, p50`, value: percentile(on, 0.5), unit: 'ms', baseline: { what: 'the same with the log off', value: percentile(off, 0.5) } });
}

async function appendTimes(dataDir: string, env: NodeJS.ProcessEnv): Promise<readonly number[]> {
  say(`${String(COST.perSecond)} appends each second, log ${env === LOG_OFF ? 'off' : 'on'}`);
  const product = await startProduct({ dataDir, env });
  try {
    await appendAtRate(dataDir, COST.perSecond, 3); // caught up and warm
    return (await appendAtRate(dataDir, COST.perSecond, COST.seconds)).map(({ ms }) => ms);
  } finally {
    await product.stop();
  }
}
