import type { GroupLag } from '@brain/message-bus';
import type { Metrics } from './metrics.js';
import { within } from './within.js';

const FRESH_FOR_MS = 5_000;
const ANSWER_WITHIN_MS = 2_000;

/**
 * `brain_bus_consumer_lag_records`: asked for when somebody scrapes, at most once in five seconds. Every process of a
 * group tells the lag of the whole group, so take the maximum over processes. While the bus does not answer there is
 * no figure, rather than an old one.
 */
export function measureConsumerLag(metrics: Metrics, lag: () => Promise<readonly GroupLag[]>, now: () => number = Date.now): void {
  let askedAt = -Infinity;
  const gauge = metrics.gauge('brain_bus_consumer_lag_records', 'Published and not yet handled by the group', ['group', 'topic'], async () => {
    if (now() - askedAt < FRESH_FOR_MS) return;
    askedAt = now();
    const lags = await within(ANSWER_WITHIN_MS, lag()).catch(() => []);
    gauge.reset();
    for (const { group, topic, records } of lags) gauge.set({ group, topic }, records);
  });
}
