import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '@brain/contracts';
import { START_POSITION, type ReadAllOptions } from '../event-store.port.js';
import { SharedPass } from './shared-pass.js';

const event = (n: number): StoredEvent => ({
  ...{ eventId: String(n), streamId: 's', revision: n, position: String(n).padStart(6, '0'), type: n % 2 === 0 ? 'even' : 'odd', data: { n }, recordedAt: '' },
  metadata: { source: 'sample', time: '', correlationId: '', causationId: '', actor: { type: 'system', id: 'test' } },
});

/** A store of so many events that counts how often and how far it is read. */
function storeOf(size: number, tornAt?: number) {
  const seen = { passes: 0, read: 0, types: [] as unknown[] };
  async function* readAll({ types }: ReadAllOptions): AsyncIterable<StoredEvent> {
    seen.passes += 1;
    seen.types.push(types);
    for (let n = 1; n <= size; n += 1) {
      await Promise.resolve();
      if (n === tornAt) throw new Error('torn');
      seen.read = n;
      yield event(n);
    }
  }
  return { store: { readAll }, seen };
}

async function numbers(pages: AsyncIterable<readonly StoredEvent[]>): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  for await (const page of pages) all.push(...page.map(({ data }) => data['n']));
  return all;
}

const upTo = (size: number, isIn: (n: number) => boolean = () => true) => Array.from({ length: size }, (_, n) => n + 1).filter(isIn);

describe('a shared pass', () => {
  it('gives each reader its part, in order, and reads the store once', async () => {
    const { store, seen } = storeOf(3_500);
    const pass = new SharedPass({ store, readers: 3 });
    const [even, odd, early] = await Promise.all([
      numbers(pass.readPages({ after: START_POSITION, types: ['even'] })),
      numbers(pass.readPages({ after: START_POSITION, types: ['odd'] })),
      numbers(pass.readPages({ after: START_POSITION, types: ['odd', 'even'], until: event(1_200).position })),
    ]);
    expect([even, odd, early]).toEqual([upTo(3_500, (n) => n % 2 === 0), upTo(3_500, (n) => n % 2 === 1), upTo(1_200)]);
    expect(seen).toMatchObject({ passes: 1, types: [['even', 'odd']] });
  });

  it('begins with the last reader, who may want all', async () => {
    const { store, seen } = storeOf(10);
    const pass = new SharedPass({ store, readers: 2 });
    const odd = numbers(pass.readPages({ after: START_POSITION, types: ['odd'] }));
    await turn();
    expect(seen.passes).toBe(0);
    const all = numbers(pass.readPages({ after: START_POSITION }));
    expect([await odd, await all]).toEqual([[1, 3, 5, 7, 9], upTo(10)]);
    expect(seen.types).toEqual([undefined]);
    await expect(numbers(pass.readPages({ after: START_POSITION }))).rejects.toThrow('there when it begins');
  });

  it('waits for a slow reader, and not for one who left', async () => {
    const { store, seen } = storeOf(40_000);
    const pass = new SharedPass({ store, readers: 3 });
    const slow = pass.readPages({ after: START_POSITION })[Symbol.asyncIterator]();
    const quick = numbers(pass.readPages({ after: START_POSITION }));
    const leaving = async () => {
      for await (const page of pass.readPages({ after: START_POSITION })) if (page.length > 0) return;
    };
    await Promise.all([slow.next(), leaving()]);
    for (let n = 0; n < 50; n += 1) await turn();
    expect(seen.read).toBeLessThan(15_000);
    await slow.return?.();
    expect(await quick).toHaveLength(40_000);
  });

  it('fails for all readers when the store does', async () => {
    const { store } = storeOf(5_000, 2_500);
    const pass = new SharedPass({ store, readers: 2 });
    const readers = [numbers(pass.readPages({ after: START_POSITION })), numbers(pass.readPages({ after: START_POSITION, types: ['odd'] }))];
    for (const { status } of await Promise.allSettled(readers)) expect(status).toBe('rejected');
    await expect(readers[0]).rejects.toThrow('torn');
  });

  it('ends for a reader by a signal of its own, though another never comes', async () => {
    const failed = new AbortController();
    const pass = new SharedPass({ store: storeOf(10).store, readers: 2 });
    const waiting = numbers(pass.readPages({ after: START_POSITION, signal: failed.signal }));
    await turn();
    failed.abort(new Error('the other failed'));
    await expect(waiting).rejects.toThrow('the other failed');
  });

  it('ends by its signal while a reader is still to come, for who comes later too', async () => {
    const stop = new AbortController();
    const pass = new SharedPass({ store: storeOf(10).store, readers: 2, signal: stop.signal });
    const first = numbers(pass.readPages({ after: START_POSITION }));
    await turn();
    stop.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    await expect(numbers(pass.readPages({ after: START_POSITION }))).rejects.toThrow('enough');
  });
});
