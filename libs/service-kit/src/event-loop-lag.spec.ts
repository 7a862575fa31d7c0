import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Metrics } from './metrics.js';

const LAG = /^nodejs_eventloop_lag_(\w+)\{service="test"\} (\S+)$/gm;

/** What a scrape tells of the event loop, by name. */
async function scrape(metrics: Metrics): Promise<Record<string, number>> {
  const text = await metrics.registry.metrics();
  return Object.fromEntries([...text.matchAll(LAG)].map(([, name = '', value]) => [name, Number(value)]));
}

describe('the lag of the event loop', () => {
  it('is told under the names of prom-client, and measured from the first scrape on', async () => {
    const metrics = new Metrics('test');
    const first = await scrape(metrics);
    expect(Object.keys(first).toSorted()).toEqual(
      ['max_seconds', 'mean_seconds', 'min_seconds', 'p50_seconds', 'p90_seconds', 'p99_seconds', 'seconds', 'stddev_seconds'],
    );
    expect(first['max_seconds']).toBe(0);
    await pause(30);
    const blockedUntil = performance.now() + 120;
    while (performance.now() < blockedUntil);
    await pause(30);
    const second = await scrape(metrics);
    expect(second['max_seconds']).toBeGreaterThan(0.1);
    expect(second['min_seconds']).toBeLessThan(0.1);
  });
});
