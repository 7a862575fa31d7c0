import { eventually } from '@brain/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { record, Recorder, records, type BusUnderTest } from './bus-under-test.fixture.js';

/** What every adapter promises about members that share a group. */
export function sharingConformance(start: () => Promise<BusUnderTest>): void {
  let under: BusUnderTest;
  beforeEach(async () => {
    under = await start();
  });
  afterEach(() => under.stop());

  const publishSome = (round: number): Promise<void> =>
    under.bus.publish('spread', Array.from({ length: 40 }, (_, index) => record(`k${index}`, round * 40 + index)));
  const partitionsOf = (recorder: Recorder, from = 0): number =>
    new Set(recorder.delivered.slice(from).map(({ partition }) => partition)).size;

  describe('members of one group', () => {
    it('share the partitions evenly, and each record reaches one of them', async () => {
      const one = new Recorder();
      const two = new Recorder();
      await under.bus.subscribe({ group: 'g', topics: ['spread'], handler: one.handler });
      await under.other.subscribe({ group: 'g', topics: ['spread'], handler: two.handler });
      let round = 0;
      await eventually(async () => {
        const [seenByOne, seenByTwo] = [one.delivered.length, two.delivered.length];
        await publishSome(round++);
        await eventually(() => expect(one.delivered.length + two.delivered.length).toBe(round * 40));
        expect([partitionsOf(one, seenByOne), partitionsOf(two, seenByTwo)]).toEqual([2, 2]);
      });
      expect(new Set([...one.values(), ...two.values()]).size).toBe(round * 40);
    });

    it('hand their partitions over when one closes, and nothing is lost or repeated', async () => {
      const one = new Recorder();
      const two = new Recorder();
      await under.bus.subscribe({ group: 'g', topics: ['spread'], handler: one.handler });
      const leaving = await under.other.subscribe({ group: 'g', topics: ['spread'], handler: two.handler });
      await publishSome(0);
      await eventually(() => expect(one.delivered.length + two.delivered.length).toBe(40));
      await leaving.close();
      const before = one.delivered.length;
      await publishSome(1);
      await eventually(() => expect(one.delivered.length - before).toBe(40));
      expect(partitionsOf(one, before)).toBe(4);
      expect([...one.values(), ...two.values()].sort((a, b) => Number(a) - Number(b))).toEqual(
        Array.from({ length: 80 }, (_, index) => index),
      );
    });
  });

  describe('closing a subscription', () => {
    it('waits for the running handler and takes nothing after it', async () => {
      let letGo: () => void = () => undefined;
      const gate = new Promise<void>((resolve) => (letGo = resolve));
      const recorder = new Recorder(() => gate);
      const subscription = await under.bus.subscribe({ group: 'g', topics: ['single'], handler: recorder.handler });
      await under.bus.publish('single', records('a', 3));
      await eventually(() => expect(recorder.calls).toHaveLength(1));
      let closed = false;
      const closing = subscription.close().then(() => (closed = true));
      await under.bus.publish('single', [record('a', 'more')]);
      expect(closed).toBe(false);
      letGo();
      await closing;
      expect(recorder.values()).toEqual([0]);
      const next = new Recorder();
      await under.other.subscribe({ group: 'g', topics: ['single'], handler: next.handler });
      await eventually(() => expect(next.values()).toEqual([1, 2, 'more']));
    });

    it('does not wait for the backoff of a failing handler; the record comes to the next member', async () => {
      const failing = new Recorder(() => {
        throw new Error('no');
      });
      const retry = { attempts: 5, baseMs: 60_000, maxMs: 60_000 };
      const options = { group: 'g', topics: ['single'], retry };
      const subscription = await under.bus.subscribe({ ...options, handler: failing.handler });
      await under.bus.publish('single', records('a', 1));
      await eventually(() => expect(failing.calls).toHaveLength(1));
      await subscription.close();
      const next = new Recorder();
      await under.other.subscribe({ ...options, handler: next.handler });
      await eventually(() => expect(next.delivered).toMatchObject([{ value: 0, attempt: 1 }]));
    });
  });
}
