import { eventually } from '@brain/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { record, Recorder, records, type BusUnderTest } from './bus-under-test.fixture.js';

const megabyte = 1024 * 1024;

/** What every adapter promises about publishing and about deliveries that succeed. */
export function deliveryConformance(start: () => Promise<BusUnderTest>): void {
  let under: BusUnderTest;
  beforeEach(async () => {
    under = await start();
  });
  afterEach(() => under.stop());

  describe('publishing', () => {
    it('delivers key, headers, value, place and time unchanged', async () => {
      const recorder = new Recorder();
      const value = { text: '网格 "quoted" \\ \u0000 \ud83d\ude00', number: 1.5, nested: [null, { a: false }] };
      await under.bus.subscribe({ group: 'g', topics: ['single'], handler: recorder.handler });
      await under.bus.publish('single', [{ key: '键-1', headers: { ce_id: 'x"y' }, value }]);
      await eventually(() => expect(recorder.delivered).toHaveLength(1));
      const [delivered] = recorder.delivered;
      expect(delivered).toMatchObject({
        key: '键-1', headers: { ce_id: 'x"y' }, value, topic: 'single', partition: 0, offset: 0, attempt: 1,
      });
      expect(delivered?.publishedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    });

    it('numbers the records of a partition without gaps, also when many calls run at once', async () => {
      const recorder = new Recorder();
      const calls = Array.from({ length: 100 }, (_, call) => (call % 2 === 0 ? under.bus : under.other).publish('single', records(`k${call}`, 3)));
      await Promise.all(calls);
      await under.bus.subscribe({ group: 'g', topics: ['single'], handler: recorder.handler, maxBatch: 50 });
      await eventually(() => expect(recorder.delivered).toHaveLength(300));
      expect(recorder.delivered.map(({ offset }) => offset)).toEqual(Array.from({ length: 300 }, (_, offset) => offset));
    });

    it('keeps the order of a key, also between calls that do not wait for each other', async () => {
      const recorder = new Recorder();
      await under.bus.subscribe({ group: 'g', topics: ['spread'], handler: recorder.handler, maxBatch: 7 });
      const keys = ['a', 'b', 'c', 'd', 'e'];
      const numbers = Array.from({ length: 60 }, (_, number) => number);
      await Promise.all(numbers.map((number) => under.bus.publish('spread', keys.map((key) => record(key, number)))));
      await eventually(() => expect(recorder.delivered).toHaveLength(300));
      for (const key of keys) expect(recorder.values(key)).toEqual(numbers);
    });

    it('stores nothing of a call that is rejected', async () => {
      const recorder = new Recorder();
      const good = Array.from({ length: 8 }, (_, index) => record(`k${index}`));
      await expect(under.bus.publish('spread', [...good, record('bad', 1n)])).rejects.toThrow(TypeError);
      await under.bus.publish('spread', [record('later', 'later')]);
      await under.bus.subscribe({ group: 'g', topics: ['spread'], handler: recorder.handler });
      await eventually(() => expect(recorder.values()).toEqual(['later']));
    });

    it('takes a record up to the limit of its topic, and delivers it', async () => {
      const recorder = new Recorder();
      const largest = 'x'.repeat(megabyte - 200);
      await under.bus.subscribe({ group: 'g', topics: ['single'], handler: recorder.handler });
      await under.bus.publish('single', [record('a', largest), record('a', 'after')]);
      await eventually(() => expect(recorder.delivered).toHaveLength(2));
      expect(recorder.values()[0] === largest).toBe(true);
    });

    it('refuses a larger one with the limit, and stores nothing of the call', async () => {
      const recorder = new Recorder();
      const refused = { code: 'MESSAGE_TOO_LARGE', message: expect.stringContaining(`at most ${megabyte - 61}`) as unknown };
      for (const large of ['x'.repeat(megabyte), '格'.repeat(megabyte / 3)]) {
        await expect(under.bus.publish('single', [record('a', 'small'), record('a', large)])).rejects.toMatchObject(refused);
      }
      await under.bus.publish('single', [record('a', 'later')]);
      await under.bus.subscribe({ group: 'g', topics: ['single'], handler: recorder.handler });
      await eventually(() => expect(recorder.values()).toEqual(['later']));
    });

    it('is refused for a topic that does not exist', async () => {
      await expect(under.bus.publish('nowhere', [record('a')])).rejects.toMatchObject({ code: 'TOPIC_UNKNOWN' });
      const subscribing = under.bus.subscribe({ group: 'g', topics: ['nowhere'], handler: () => Promise.resolve() });
      await expect(subscribing).rejects.toMatchObject({ code: 'TOPIC_UNKNOWN' });
    });

    it('is refused once the bus is closed', async () => {
      await under.bus.close();
      await expect(under.bus.publish('single', [record('a')])).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE' });
      await expect(under.bus.ping()).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE' });
    });
  });

  describe('a group', () => {
    it('begins with the oldest record', async () => {
      const recorder = new Recorder();
      await under.bus.publish('single', records('a', 3));
      await under.bus.subscribe({ group: 'g', topics: ['single'], handler: recorder.handler });
      await eventually(() => expect(recorder.values()).toEqual([0, 1, 2]));
    });

    it('begins with the next record when it starts from the latest', async () => {
      const recorder = new Recorder();
      await under.bus.publish('single', [record('a', 'before')]);
      await under.bus.subscribe({ group: 'g', topics: ['single'], handler: recorder.handler, startFrom: 'latest' });
      await under.bus.publish('single', [record('a', 'after')]);
      await eventually(() => expect(recorder.values()).toEqual(['after']));
    });

    it('gets every record, whatever other groups do', async () => {
      const one = new Recorder();
      const two = new Recorder();
      await under.bus.subscribe({ group: 'one', topics: ['spread'], handler: one.handler });
      await under.other.subscribe({ group: 'two', topics: ['spread'], handler: two.handler });
      await under.bus.publish('spread', Array.from({ length: 20 }, (_, index) => record(`k${index}`, index)));
      await eventually(() => expect([one.values(), two.values()].map((values) => values.length)).toEqual([20, 20]));
      expect(new Set(one.values())).toEqual(new Set(two.values()));
    });

    it('goes on where it stopped, even when it says where to start', async () => {
      const before = new Recorder();
      const after = new Recorder();
      const first = await under.bus.subscribe({ group: 'g', topics: ['single'], handler: before.handler });
      await under.bus.publish('single', [record('a', 1)]);
      await eventually(() => expect(before.values()).toEqual([1]));
      await first.close();
      await under.bus.publish('single', [record('a', 2)]);
      await under.other.subscribe({ group: 'g', topics: ['single'], handler: after.handler, startFrom: 'latest' });
      await eventually(() => expect(after.values()).toEqual([2]));
    });

    it('gets batches of one partition, in order and no larger than asked for', async () => {
      const recorder = new Recorder();
      await under.bus.publish('spread', Array.from({ length: 40 }, (_, index) => record(`k${index}`, index)));
      await under.bus.subscribe({ group: 'g', topics: ['spread'], handler: recorder.handler, maxBatch: 4 });
      await eventually(() => expect(recorder.delivered).toHaveLength(40));
      for (const call of recorder.calls) {
        expect(call.length).toBeLessThanOrEqual(4);
        expect(new Set(call.map(({ partition }) => partition)).size).toBe(1);
        expect(call.map(({ offset }) => offset)).toEqual(call.map((_, index) => (call[0]?.offset ?? 0) + index));
      }
      expect(recorder.calls.some(({ length }) => length === 4)).toBe(true);
    });
  });

  describe('a slow consumer', () => {
    it('is read ahead for only so far, however much is waiting', async () => {
      let letGo: () => void = () => undefined;
      const gate = new Promise<void>((resolve) => (letGo = resolve));
      const slow = new Recorder(() => gate);
      await under.bus.publish('single', records('a', 3_000));
      await under.bus.subscribe({ group: 'slow', topics: ['single'], handler: slow.handler });
      await eventually(() => expect(slow.calls).toHaveLength(1));
      await under.bus.publish('single', records('a', 3_000));
      expect(under.readAhead()).toBeLessThanOrEqual(under.readAheadLimit);
      letGo();
      await eventually(() => {
        expect(under.readAhead()).toBeLessThanOrEqual(under.readAheadLimit);
        expect(slow.delivered).toHaveLength(6_000);
      });
    });

    it('holds up neither the other partitions nor other groups', async () => {
      let letGo: () => void = () => undefined;
      const gate = new Promise<void>((resolve) => (letGo = resolve));
      let held: number | undefined;
      const slow = new Recorder(([first]) => {
        held ??= first?.partition;
        return first?.partition === held ? gate : undefined;
      });
      const quick = new Recorder();
      await under.bus.subscribe({ group: 'slow', topics: ['spread'], handler: slow.handler });
      await under.bus.subscribe({ group: 'quick', topics: ['spread'], handler: quick.handler });
      await under.bus.publish('spread', Array.from({ length: 40 }, (_, index) => record(`k${index}`, index)));
      await eventually(() => expect(quick.delivered).toHaveLength(40));
      await eventually(() => expect(new Set(slow.delivered.map(({ partition }) => partition)).size).toBe(4));
      expect(slow.delivered.filter(({ partition }) => partition === held)).toHaveLength(1);
      letGo();
      await eventually(() => expect(slow.delivered).toHaveLength(40));
    });
  });
}
