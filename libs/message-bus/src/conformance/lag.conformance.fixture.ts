import { eventually } from '@brain/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { record, Recorder, records, type BusUnderTest } from './bus-under-test.fixture.js';

/** What every adapter promises about how far a group is behind. */
export function lagConformance(start: () => Promise<BusUnderTest>): void {
  let under: BusUnderTest;
  let letGo: () => void;
  let gate: Promise<void>;
  beforeEach(async () => {
    under = await start();
    gate = new Promise((resolve) => (letGo = resolve));
  });
  afterEach(async () => {
    letGo();
    await under.stop();
  });

  describe('the lag of a group', () => {
    it('is what was published and not handled, of each topic, and nothing once all is handled', async () => {
      const slow = new Recorder(() => gate);
      await under.bus.publish('single', records('a', 2));
      await under.bus.subscribe({ group: 'slow', topics: ['single', 'spread'], handler: slow.handler });
      const lag = (records: number) => [
        { group: 'slow', topic: 'single', records },
        { group: 'slow', topic: 'spread', records: 0 },
      ];
      await eventually(async () => expect(await under.bus.lag()).toEqual(lag(2)));
      await under.bus.publish('single', records('a', 3));
      expect(await under.bus.lag()).toEqual(lag(5));
      letGo();
      await eventually(async () => expect(await under.bus.lag()).toEqual(lag(0)));
    });

    it('is that of the whole group, with what its other members have before them', async () => {
      const [one, two, quick] = [new Recorder(() => gate), new Recorder(() => gate), new Recorder()];
      await under.bus.subscribe({ group: 'g', topics: ['spread'], handler: one.handler });
      await under.other.subscribe({ group: 'g', topics: ['spread'], handler: two.handler });
      await under.bus.subscribe({ group: 'quick', topics: ['spread'], handler: quick.handler });
      await under.bus.publish('spread', Array.from({ length: 40 }, (_, index) => record(`k${index}`, index)));
      await eventually(async () =>
        expect(await under.bus.lag()).toEqual([
          { group: 'g', topic: 'spread', records: 40 },
          { group: 'quick', topic: 'spread', records: 0 },
        ]),
      );
    });

    it('is told of groups that the bus has a subscription of, and only as long as it has', async () => {
      expect(await under.bus.lag()).toEqual([]);
      const subscription = await under.bus.subscribe({ group: 'g', topics: ['single'], handler: () => Promise.resolve() });
      expect(await under.bus.lag()).toEqual([{ group: 'g', topic: 'single', records: 0 }]);
      await subscription.close();
      expect(await under.bus.lag()).toEqual([]);
    });

    it('is not told by a bus that is closed', async () => {
      await under.bus.close();
      await expect(under.bus.lag()).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE' });
    });
  });
}
