import { describe, expect, it } from '@jest/globals';
import { AppendQueue, type PendingAppend } from './append-queue.js';

const RESULT = { events: [], repeated: false };

/** A writer that writes when told to. */
function heldWriter() {
  const groups: { readonly group: readonly PendingAppend[]; readonly finish: () => void }[] = [];
  const write = (group: readonly PendingAppend[]) =>
    new Promise<void>((resolve) => {
      groups.push({
        group,
        finish: () => {
          for (const pending of group) pending.resolve(RESULT);
          resolve();
        },
      });
    });
  return { groups, write };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('the append queue', () => {
  it('writes together what was asked for in one turn', async () => {
    const { groups, write } = heldWriter();
    const queue = new AppendQueue(write, 1, 100);
    const answers = [queue.append([]), queue.append([]), queue.append([])];
    await turn();
    expect(groups.map(({ group }) => group.length)).toEqual([3]);
    groups[0]?.finish();
    await Promise.all(answers);
  });

  it('makes the next group of all that came while one was written', async () => {
    const { groups, write } = heldWriter();
    const queue = new AppendQueue(write, 1, 100);
    const first = queue.append([]);
    await turn();
    const others = [queue.append([]), queue.append([])];
    await turn();
    others.push(queue.append([]));
    await turn();
    expect(groups).toHaveLength(1);
    groups[0]?.finish();
    await first;
    await turn();
    expect(groups.map(({ group }) => group.length)).toEqual([1, 3]);
    groups[1]?.finish();
    await Promise.all(others);
  });

  it('never makes a group larger, nor writes more at once, than it may', async () => {
    const { groups, write } = heldWriter();
    const queue = new AppendQueue(write, 2, 10);
    const answers = Array.from({ length: 45 }, () => queue.append([]));
    const sizes: number[] = [];
    while (sizes.length < 5) {
      await turn();
      expect(groups.length - sizes.length).toBeLessThanOrEqual(2);
      const next = groups[sizes.length];
      next?.finish();
      sizes.push(next?.group.length ?? 0);
    }
    await Promise.all(answers);
    expect(sizes).toEqual([10, 10, 10, 10, 5]);
  });
});
