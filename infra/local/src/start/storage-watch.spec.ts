import { describe, expect, it } from '@jest/globals';
import { eventually, tempDir } from '@brain/testing';
import type { StorageNotice } from '@brain/service-kit';
import { storageLine, storageNow, StorageWatch } from './storage-watch.js';

const MB = 1024 ** 2;
const fine = { isFailing: false, dropped: 0 };
const notice = (said: Partial<StorageNotice>): StorageNotice => ({ type: 'storage', isFull: false, freeBytes: 2_000 * MB, droppedLogLines: 0, ...said });

describe('the storage of the data folder', () => {
  it('is full below 64 MB, and only above 128 MB no longer', () => {
    const full = (freeMb: number, before?: StorageNotice) => storageNow(before, freeMb * MB, fine).isFull;
    expect([full(64), full(63), full(100, notice({ isFull: true })), full(128, notice({ isFull: true }))]).toEqual([false, true, true, false]);
  });

  it('is full when a log cannot be written, whatever is said to be free', () => {
    expect(storageNow(undefined, 900 * MB, { isFailing: true, dropped: 7 })).toEqual(notice({ isFull: true, freeBytes: 900 * MB, droppedLogLines: 7 }));
  });

  it('is told to the person when it changes, and then only', () => {
    const full = notice({ isFull: true, freeBytes: 3 * MB });
    expect(storageLine(undefined, notice({}))).toBeUndefined();
    expect(storageLine(full, full)).toBeUndefined();
    expect(storageLine(undefined, full)).toMatch(/^The disk is full: 3 MB are free/);
    expect(storageLine(full, notice({ droppedLogLines: 1_500 }))).toBe('There is space again: 2,000 MB are free in the data folder; 1,500 log lines were dropped.');
  });

  it('is told to the services at first and at every change', async () => {
    const dir = await tempDir();
    const told: StorageNotice[] = [];
    let logs = fine;
    const watch = new StorageWatch(dir.path, () => logs, (now) => told.push(now));
    const looked = async (count: number) => {
      watch.look();
      await eventually(() => expect(told).toHaveLength(count));
    };
    await looked(1);
    logs = { isFailing: true, dropped: 3 };
    await looked(2);
    expect(told.map(({ isFull, droppedLogLines }) => [isFull, droppedLogLines])).toEqual([[false, 0], [true, 3]]);
    watch.stop();
    await dir.remove();
  });
});
