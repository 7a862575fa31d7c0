import { describeTimeSeries } from '@brain/time-series/conformance';
import type { TimeSeries } from '@brain/time-series';
import { TimescaleUnderTest } from './timescale-under-test.js';

describeTimeSeries('TimescaleTimeSeries', () => TimescaleUnderTest.open());

// Everything is rolled up and compressed at once, so that whatever follows is late.
describeTimeSeries('TimescaleTimeSeries with upkeep after every write', async () => {
  const under = await TimescaleUnderTest.open();
  const upkept = (series: TimeSeries): TimeSeries => ({
    write: async (batch) => {
      const result = await series.write(batch);
      await under.refresh(Date.UTC(2030, 0, 1));
      await under.compress();
      return result;
    },
    forget: async (readings) => {
      await series.forget(readings);
      await under.refresh(Date.UTC(2030, 0, 1));
    },
    countRefused: (batch) => series.countRefused(batch),
    points: (range) => series.points(range),
    buckets: (query) => series.buckets(query),
    latest: (deviceIds) => series.latest(deviceIds),
    counts: (query) => series.counts(query),
    upkeepTroubles: () => series.upkeepTroubles(),
    ping: () => series.ping(),
    close: () => series.close(),
  });
  return { series: upkept(under.series), second: upkept(under.second), clear: () => under.clear(), close: () => under.close() };
});
