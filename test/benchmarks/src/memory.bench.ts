import { startProduct } from '@brain/test-e2e';
import { print } from './figures.js';
import { descendants, residentMb } from './process-tree.js';

const MINUTES = Number(process.env.BENCH_MINUTES ?? 10);
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
      samples.push(await residentMb(await descendants()));
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
