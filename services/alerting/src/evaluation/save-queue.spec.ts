import { describe, expect, it } from '@jest/globals';
import { SaveQueue } from './save-queue.js';

/** Holds each save until it is let go. */
function held(answer: (batches: readonly string[]) => ReadonlyMap<string, Error> = () => new Map()) {
  const groups: (readonly string[])[] = [];
  const gates: (() => void)[] = [];
  const queue = new SaveQueue<string>(async (batches) => {
    groups.push(batches);
    await new Promise<void>((resolve) => gates.push(resolve));
    return answer(batches);
  });
  return { queue, groups, letGo: () => gates.shift()?.() };
}

describe('saves that come together', () => {
  it('are one save while an earlier one is on its way, and a lone one does not wait', async () => {
    const { queue, groups, letGo } = held();
    const first = queue.save('a');
    expect(groups).toEqual([['a']]);
    const later = Promise.all([queue.save('b'), queue.save('c')]);
    letGo();
    await first;
    await Promise.resolve();
    expect(groups).toEqual([['a'], ['b', 'c']]);
    letGo();
    await later;
  });

  it('are refused one by one', async () => {
    const refused = new Error('not yours');
    const { queue, letGo } = held((batches) => new Map(batches.filter((batch) => batch === 'bad').map((batch) => [batch, refused])));
    const before = queue.save('before');
    const results = Promise.allSettled([queue.save('good'), queue.save('bad')]);
    letGo();
    await before;
    await Promise.resolve();
    letGo();
    expect(await results).toEqual([{ status: 'fulfilled', value: undefined }, { status: 'rejected', reason: refused }]);
  });

  it('all fail when the save fails, and the next goes on', async () => {
    let fails = true;
    const queue = new SaveQueue<string>(() => (fails ? Promise.reject(new Error('away')) : Promise.resolve(new Map())));
    await expect(queue.save('a')).rejects.toThrow('away');
    fails = false;
    await queue.save('b');
  });
});
