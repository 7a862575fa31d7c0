import { describe, expect, it } from '@jest/globals';
import { deliver } from './deliver.js';
import type { DeliveredRecord } from './message-bus.port.js';

const away = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
const batch = ['good', 'bad', 'good too'].map((value, offset): DeliveredRecord => ({
  ...{ topic: 't', partition: 0, offset, key: 'k', value, headers: {} },
  ...{ publishedAt: '2026-11-22T00:00:00.000Z', attempt: 0 },
}));

/** What comes of the batch when the handler behaves like this. */
async function run(behave: (records: readonly DeliveredRecord[]) => void, patience = Infinity) {
  const handled: unknown[] = [];
  const buried: unknown[] = [];
  const attempts: number[] = [];
  let pauses = 0;
  const done = await deliver(batch, {
    handler: (records) => {
      attempts.push(records[0]?.attempt ?? 0);
      behave(records);
      handled.push(...records.map(({ value }) => value));
      return Promise.resolve();
    },
    retry: { attempts: 2, baseMs: 1, maxMs: 1 },
    pause: () => Promise.resolve((pauses += 1) <= patience),
    bury: ({ value }, error) => Promise.resolve(void buried.push([value, error])),
  });
  return { done, handled, buried, attempts };
}

describe('a delivery', () => {
  it('buries only the record that cannot be handled', async () => {
    const poison = new Error('poison');
    const { done, handled, buried } = await run((records) => {
      if (records.some(({ value }) => value === 'bad')) throw poison;
    });
    expect({ done, handled, buried }).toEqual({ done: true, handled: ['good', 'good too'], buried: [['bad', poison]] });
  });

  it('waits for an engine that is away, also while it looks for the record that cannot be handled', async () => {
    let calls = 0;
    const { done, handled, buried } = await run((records) => {
      calls += 1;
      if (calls < 10 || (calls > 13 && calls < 20)) throw away;
      if (records.some(({ value }) => value === 'bad')) throw new Error('poison');
    });
    expect({ done, handled, buried: buried.length }).toEqual({ done: true, handled: ['good', 'good too'], buried: 1 });
  });

  it('counts the attempts through', async () => {
    const { attempts } = await run((records) => {
      if (records.length > 1) throw new Error('one by one, please');
    });
    expect(attempts).toEqual([1, 2, 3, 3, 3]);
  });

  it('can be given up while it waits, with nothing buried', async () => {
    const { done, buried } = await run(() => {
      throw away;
    }, 50);
    expect({ done, buried }).toEqual({ done: false, buried: [] });
  });
});
