import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { Readiness } from './readiness.js';
import { listenForStorage, type StorageNotice } from './storage-notice.js';

describe('the storage in /readyz', () => {
  const readinessAfter = async (...messages: unknown[]) => {
    const [readiness, supervisor] = [new Readiness(), new EventEmitter()];
    listenForStorage(readiness, supervisor);
    for (const message of messages) supervisor.emit('message', message);
    return readiness.report();
  };
  const notice = (said: Partial<StorageNotice>): StorageNotice => ({ type: 'storage', isFull: false, freeBytes: 5e9, droppedLogLines: 0, ...said });

  it('is not there without a supervisor, nor after any other message', async () => {
    expect(await readinessAfter({ type: 'ready' }, 'storage')).toEqual({ ready: true, checks: {} });
  });

  it('is not ready while the disk is full, with the code, what is free and how many log lines are lost', async () => {
    const detail = 'STORAGE_FULL: 3 MB are free in the data folder; 1,234 log lines were dropped';
    expect(await readinessAfter(notice({ isFull: true, freeBytes: 4e6, droppedLogLines: 1_234 }))).toEqual({ ready: false, checks: { storage: { ready: false, detail } } });
  });

  it('is ready again when there is space, and still tells what was lost', async () => {
    const { ready, checks } = await readinessAfter(notice({ isFull: true, freeBytes: 0 }), notice({ droppedLogLines: 2 }));
    expect([ready, checks]).toEqual([true, { storage: { ready: true, detail: '2 log lines were dropped' } }]);
    expect(await readinessAfter(notice({}))).toEqual({ ready: true, checks: { storage: { ready: true } } });
  });
});
