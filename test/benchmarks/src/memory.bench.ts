import { readdir, readFile } from 'node:fs/promises';
import { startProduct } from '@brain/test-e2e';
import { print } from './figures.js';

const MINUTES = Number(process.env.BENCH_MINUTES ?? 10);
const MEGABYTE = 1024 ** 2;
/** Heaps breathe; what grows for ever grows by more than this in the second half of the time. */
const STEADY = 1.05;

/**
 * Resident memory of the whole embedded stack with the demo: the proportional set size of the supervisor and all
 * its descendants, so that pages PostgreSQL's processes share count once. Linux only.
 */
export async function memory(): Promise<void> {
  const product = await startProduct({ demo: true });
  try {
    const samples: number[] = [];
    for (let minute = 0; minute <= MINUTES; minute += 1) {
      samples.push((await residentOfDescendants(process.pid)) / MEGABYTE);
      console.error(`minute ${String(minute)}: ${String(Math.round(samples.at(-1) ?? 0))} MB`);
      if (minute < MINUTES) await new Promise((resolve) => setTimeout(resolve, 60_000));
    }
    const half = Math.ceil(samples.length / 2);
    const early = mean(samples.slice(1, half));
    const late = mean(samples.slice(half));
    print({ bench: 'memory', figure: 'whole stack with the demo, highest', value: Math.max(...samples), unit: 'MB', target: '<= 1536' });
    print({
      bench: 'memory',
      figure: `second half of ${String(MINUTES)} minutes`,
      value: late,
      unit: 'MB',
      target: `<= ${String(Math.round(early * STEADY))}`,
      baseline: { what: 'first half of the same run', value: early },
    });
  } finally {
    await product.stop();
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}

async function residentOfDescendants(root: number): Promise<number> {
  const parents = new Map<number, number>();
  for (const entry of await readdir('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (parent > 0) parents.set(pid, parent);
  }
  let bytes = 0;
  for (const pid of parents.keys()) if (pid !== root && descends(pid, root, parents)) bytes += await proportional(pid);
  return bytes;
}

function descends(pid: number, root: number, parents: ReadonlyMap<number, number>): boolean {
  for (let current: number | undefined = pid; current !== undefined; current = parents.get(current)) {
    if (current === root) return true;
  }
  return false;
}

async function proportional(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${String(pid)}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
}
