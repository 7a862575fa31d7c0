import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Gauge, type Registry } from 'prom-client';

const PRECISION_MS = 10;
/** Longer than any usual pause between two scrapes. */
const UNWATCHED_MS = 3 * 60_000;
const NANOSECONDS = 1e9;
const NAME = 'nodejs_eventloop_lag';

/** `prom-client` measures this by itself with a timer of so many milliseconds; ours replaces it. */
export const NEVER_MS = 2 ** 31 - 1;

/**
 * How late the event loop comes to its timers, under the names that `prom-client` gives it. Measuring takes a hundred
 * wake-ups a second, half a percent of a core in each process: it is done only while somebody scrapes, from the first
 * scrape on.
 */
export function measureEventLoopLag(registry: Registry): void {
  const delays = monitorEventLoopDelay({ resolution: PRECISION_MS });
  let unwatched: NodeJS.Timeout | undefined;
  const figures = {
    min: () => delays.min,
    max: () => delays.max,
    mean: () => delays.mean,
    stddev: () => delays.stddev,
    p50: () => delays.percentile(50),
    p90: () => delays.percentile(90),
    p99: () => delays.percentile(99),
  };
  // The first of them, so that it is collected before the others are read.
  const lag = gaugeOf(registry, `${NAME}_seconds`, 'Lag of the event loop at the scrape', () => {
    const asked = performance.now();
    setImmediate(() => lag.set((performance.now() - asked) / 1_000));
    if (delays.count > 0) for (const { gauge, figure } of gauges) gauge.set(figure() / NANOSECONDS);
    delays.reset();
    delays.enable();
    clearTimeout(unwatched);
    unwatched = setTimeout(() => delays.disable(), UNWATCHED_MS).unref();
  });
  const gauges = Object.entries(figures).map(([name, figure]) => {
    return { figure, gauge: gaugeOf(registry, `${NAME}_${name}_seconds`, `Delay of the event loop since the last scrape, ${name}`) };
  });
}

/** In place of the one that is there. `collect` runs at each scrape. */
function gaugeOf(registry: Registry, name: string, help: string, collect?: () => void): Gauge {
  registry.removeSingleMetric(name);
  return new Gauge({ name, help, registers: [registry], ...(collect === undefined ? {} : { collect }) });
}
