import { describe, expect, it } from '@jest/globals';
import { settledHead } from './settled-head.js';

/** A store whose stable head goes through `heads` and stays at the last. */
const store = (newest: string, ...heads: readonly string[]) => {
  let look = 0;
  return { newestPosition: () => Promise.resolve(newest), headPosition: () => Promise.resolve(heads[Math.min(look++, heads.length - 1)] ?? '') };
};

describe('settledHead', () => {
  it('waits until readers may see what was the newest when it was asked', async () => {
    expect(await settledHead(store('3', '', '1', '2', '3'), 60_000)).toBe('3');
  });

  it('gives a later head when there is one already', async () => {
    expect(await settledHead(store('3', '5'), 0)).toBe('5');
  });

  it('gives nothing when the older append stays open longer than the patience', async () => {
    expect(await settledHead(store('3', '2'), 5)).toBeUndefined();
  });
});
