import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startProduct } from '@brain/test-e2e';
import { print } from './figures.js';
import { cpuByName, descendants } from './process-tree.js';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 60);
/** Until then V8 compiles what is used often and tidies up after the start, and PostgreSQL analyses new tables. */
const SETTLE_MS = 120_000;
/** An empty product may take this share of what the other takes. */
const SHARE = 1 / 3;

/** Percent of one core, by process. */
type Load = ReadonlyMap<string, number>;

/**
 * What the product takes while nobody is connected: the processor time of the supervisor, all services and all of
 * PostgreSQL, those of its processes that end meanwhile included. Empty, and with the demo, whose devices publish.
 * `--against DIR` measures another built checkout in the same run. Linux only.
 */
export async function idle(): Promise<void> {
  const other = against(process.argv);
  const theirs = other === undefined ? undefined : { empty: await measure(false, other), demo: await measure(true, other) };
  const empty = await measure(false);
  const demo = await measure(true);
  show('empty', empty, theirs === undefined ? { what: 'the demo', load: demo } : { what: 'the other checkout, empty', load: theirs.empty }, theirs !== undefined);
  show('demo', demo, theirs === undefined ? { what: 'empty', load: empty } : { what: 'the other checkout, demo', load: theirs.demo }, false);
}

function against(argv: readonly string[]): string | undefined {
  const at = argv.indexOf('--against');
  const folder = at < 0 ? undefined : argv[at + 1];
  return folder === undefined ? undefined : path.resolve(process.env.INIT_CWD ?? process.cwd(), folder);
}

async function measure(demo: boolean, checkout?: string): Promise<Load> {
  console.error(`${checkout ?? 'this checkout'}, ${demo ? 'demo' : 'empty'}: ${String(SECONDS)} s`);
  const product = await startProduct({ demo, ...(checkout === undefined ? {} : { checkout }) });
  try {
    await pause(SETTLE_MS);
    const before = cpuByName(await descendants());
    const begun = performance.now();
    await pause(SECONDS * 1000);
    const after = cpuByName(await descendants());
    const took = performance.now() - begun;
    return new Map([...after].map(([name, ms]) => [name, ((ms - (before.get(name) ?? 0)) / took) * 100]));
  } finally {
    await product.stop();
  }
}

function show(kind: string, load: Load, baseline: { readonly what: string; readonly load: Load }, hasTarget: boolean): void {
  const names = [...load].sort(([, one], [, other]) => other - one).map(([name]) => name);
  for (const name of names) {
    const value = load.get(name) ?? 0;
    print({ bench: 'idle', figure: `${kind}, ${name}`, value, unit: '% of a core', baseline: { what: baseline.what, value: baseline.load.get(name) ?? 0 } });
  }
  const whole = total(baseline.load);
  const target = hasTarget ? { target: `<= ${(whole * SHARE).toFixed(3)}` } : {};
  print({ bench: 'idle', figure: `${kind}, all processes`, value: total(load), unit: '% of a core', baseline: { what: baseline.what, value: whole }, ...target });
}

function total(load: Load): number {
  return [...load.values()].reduce((sum, value) => sum + value, 0);
}
