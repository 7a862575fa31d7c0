import { eventually } from '@brain/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { record, Recorder, records, type BusUnderTest } from './bus-under-test.fixture.js';

const quickRetry = { attempts: 3, baseMs: 5, maxMs: 1_000 };

/** What every adapter promises when handlers fail. */
export function failureConformance(start: () => Promise<BusUnderTest>): void {
  let under: BusUnderTest;
  beforeEach(async () => {
    under = await start();
  });
  afterEach(() => under.stop());

  describe('a handler that throws', () => {
    it('gets the same records again before any later one', async () => {
      const recorder = new Recorder(([first]) => {
        if (first?.value === 0 && first.attempt < 3) throw new Error('not yet');
      });
      await under.bus.publish('single', records('a', 2));
      await under.bus.subscribe({ group: 'g', topics: ['single'], handler: recorder.handler, retry: quickRetry });
      await eventually(() => expect(recorder.delivered).toHaveLength(4));
      expect(recorder.delivered.map(({ value, attempt }) => [value, attempt])).toEqual([[0, 1], [0, 2], [0, 3], [1, 1]]);
      expect(await under.bus.deadLetters.list()).toEqual([]);
    });

    it('because an engine is away gets the record until it is back, and nothing is buried', async () => {
      const away = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
      const recorder = new Recorder(([first]) => {
        if ((first?.attempt ?? 0) < 7) throw away;
      });
      await under.bus.publish('single', records('a', 1));
      await under.bus.subscribe({ group: 'g', topics: ['single'], handler: recorder.handler, retry: { ...quickRetry, maxMs: 5 } });
      await eventually(() => expect(recorder.calls).toHaveLength(7));
      expect(await under.bus.deadLetters.list()).toEqual([]);
    });

    it('is left alone longer after every attempt', async () => {
      const recorder = new Recorder(() => {
        throw new Error('never');
      });
      const retry = { attempts: 4, baseMs: 40, maxMs: 1_000 };
      await under.bus.publish('single', [record('a')]);
      await under.bus.subscribe({ group: 'g', topics: ['single'], handler: recorder.handler, retry });
      await eventually(() => expect(recorder.calls).toHaveLength(4));
      const pauses = recorder.at.slice(1).map((at, index) => at - (recorder.at[index] ?? 0));
      pauses.forEach((pause, index) => expect(pause).toBeGreaterThanOrEqual(40 * 2 ** index - 2));
    });

    it('blocks its own partition only', async () => {
      let bad: number | undefined;
      const recorder = new Recorder(([first]) => {
        bad ??= first?.partition;
        if (first?.partition === bad) throw new Error('never');
      });
      const retry = { attempts: 2, baseMs: 60_000, maxMs: 60_000 };
      await under.bus.subscribe({ group: 'g', topics: ['spread'], handler: recorder.handler, retry });
      await under.bus.publish('spread', Array.from({ length: 40 }, (_, index) => record(`k${index}`, index)));
      const others = (): number => new Set(recorder.delivered.map(({ partition }) => partition)).size;
      await eventually(() => expect(others()).toBe(4));
    });
  });

  describe('a record that cannot be handled', () => {
    it('goes to the dead letters with its error, and the ones after it are delivered', async () => {
      const recorder = new Recorder(([first]) => {
        if (first?.value === 1) throw new RangeError('value out of range');
      });
      await under.bus.publish('single', records('a', 3));
      await under.bus.subscribe({ group: 'g', topics: ['single'], handler: recorder.handler, retry: quickRetry });
      await eventually(() => expect(recorder.values()).toEqual([0, 1, 1, 1, 2]));
      const letters = await under.bus.deadLetters.list({ group: 'g' });
      expect(letters).toMatchObject([
        { group: 'g', record: { topic: 'single', key: 'a', value: 1, offset: 1 }, replayedAt: null },
      ]);
      expect(letters[0]?.error).toContain('RangeError: value out of range');
      expect(await under.other.deadLetters.get(letters[0]?.id ?? '')).toEqual(letters[0]);
      await expect(under.bus.deadLetters.get('999999')).rejects.toMatchObject({ code: 'DEAD_LETTER_UNKNOWN' });
    });

    it('is found among the records of its batch, which are handled', async () => {
      const handled: unknown[] = [];
      const recorder = new Recorder((batch) => {
        if (batch.some(({ value }) => value === 2)) throw new Error('poison');
        handled.push(...batch.map(({ value }) => value));
      });
      const { handler } = recorder;
      await under.bus.publish('single', records('a', 5));
      await under.bus.subscribe({ group: 'g', topics: ['single'], handler, maxBatch: 5, retry: quickRetry });
      await eventually(() => expect(handled).toEqual([0, 1, 3, 4]));
      const letters = await under.bus.deadLetters.list();
      expect(letters.map(({ record: { value } }) => value)).toEqual([2]);
    });

    it('comes to its own group again when it is replayed', async () => {
      let repaired = false;
      const recorder = new Recorder(([first]) => {
        if (first?.value === 0 && !repaired) throw new Error('broken');
      });
      const bystander = new Recorder();
      await under.bus.subscribe({ group: 'g', topics: ['single'], handler: recorder.handler, retry: quickRetry });
      await under.bus.subscribe({ group: 'bystander', topics: ['single'], handler: bystander.handler });
      await under.bus.publish('single', records('a', 2));
      await eventually(() => expect(recorder.values()).toEqual([0, 0, 0, 1]));
      repaired = true;
      const [letter] = await under.bus.deadLetters.list();
      await under.other.deadLetters.replay(letter?.id ?? '');
      await eventually(() => expect(recorder.values()).toEqual([0, 0, 0, 1, 0]));
      expect(recorder.delivered.at(-1)).toMatchObject({ key: 'a', offset: 0, attempt: 1 });
      await eventually(async () => {
        const [replayed] = await under.bus.deadLetters.list();
        expect(replayed?.replayedAt).not.toBeNull();
      });
      expect(bystander.values()).toEqual([0, 1]);
    });

    it('stays a dead letter with the newest error when its replay fails', async () => {
      let reason = 'first';
      const recorder = new Recorder(() => {
        throw new Error(reason);
      });
      await under.bus.subscribe({ group: 'g', topics: ['single'], handler: recorder.handler, retry: quickRetry });
      await under.bus.publish('single', records('a', 1));
      await eventually(async () => expect(await under.bus.deadLetters.list()).toHaveLength(1));
      reason = 'second';
      const [letter] = await under.bus.deadLetters.list();
      await under.bus.deadLetters.replay(letter?.id ?? '');
      await eventually(async () => {
        const letters = await under.bus.deadLetters.list();
        expect(letters).toMatchObject([{ id: letter?.id, error: expect.stringContaining('second'), replayedAt: null }]);
      });
    });

    it('cannot be replayed when it is not there', async () => {
      await expect(under.bus.deadLetters.replay('4711')).rejects.toMatchObject({ code: 'DEAD_LETTER_UNKNOWN' });
      await expect(under.bus.deadLetters.replay('nonsense')).rejects.toMatchObject({ code: 'DEAD_LETTER_UNKNOWN' });
    });

    it('is listed page by page and by group', async () => {
      const fails = (): Promise<void> => Promise.reject(new Error('no'));
      const retry = { attempts: 1 };
      await under.bus.publish('single', records('a', 3));
      await under.bus.subscribe({ group: 'one', topics: ['single'], handler: fails, retry });
      await eventually(async () => expect(await under.bus.deadLetters.list({ group: 'one' })).toHaveLength(3));
      await under.bus.subscribe({ group: 'two', topics: ['single'], handler: fails, retry });
      await eventually(async () => expect(await under.bus.deadLetters.list()).toHaveLength(6));
      const first = await under.bus.deadLetters.list({ group: 'one', limit: 2 });
      const rest = await under.bus.deadLetters.list({ group: 'one', after: first.at(-1)?.id ?? '' });
      expect([...first, ...rest].map(({ record: { value } }) => value)).toEqual([0, 1, 2]);
    });
  });
}
