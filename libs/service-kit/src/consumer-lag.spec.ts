import { describe, expect, it } from '@jest/globals';
import type { GroupLag } from '@brain/message-bus';
import { measureConsumerLag } from './consumer-lag.js';
import { Metrics } from './metrics.js';

const SERIES = 'brain_bus_consumer_lag_records{group="alerting",topic="telemetry.readings",service="alerting"}';

describe('the consumer lag among the metrics', () => {
  const metrics = new Metrics('alerting');
  let now = 0;
  let asked = 0;
  let answer: () => Promise<readonly GroupLag[]>;
  measureConsumerLag(metrics, () => ((asked += 1), answer()), () => now);
  const scrape = async () => {
    const text = await metrics.registry.getSingleMetricAsString('brain_bus_consumer_lag_records');
    return text.split('\n').filter((line) => !line.startsWith('#') && line !== '');
  };

  it('is asked for at a scrape, and not again within five seconds', async () => {
    answer = () => Promise.resolve([{ group: 'alerting', topic: 'telemetry.readings', records: 7 }]);
    expect(await scrape()).toEqual([`${SERIES} 7`]);
    expect(await scrape()).toEqual([`${SERIES} 7`]);
    expect(asked).toBe(1);
  });

  it('is not told while the bus does not answer', async () => {
    answer = () => Promise.reject(new Error('away'));
    now += 5_000;
    expect(await scrape()).toEqual([]);
  });

  it('comes back with the bus', async () => {
    answer = () => Promise.resolve([{ group: 'alerting', topic: 'telemetry.readings', records: 0 }]);
    now += 5_000;
    expect(await scrape()).toEqual([`${SERIES} 0`]);
  });
});
