import { describe, expect, it } from '@jest/globals';
import { nextCheckpoint } from './next-checkpoint.js';

const now = Date.parse('2026-11-22T02:00:00.000Z');

describe('the next checkpoint', () => {
  it('is due when the pause after the newest has passed', () => {
    expect(nextCheckpoint({ now, writtenAt: now - 10_400, everyMs: 60_000, storedAt: now - 50 })).toEqual({ dueAt: '2026-11-22T02:00:49.600Z', inSeconds: 50, isLate: false });
  });

  it('is due at once when the log has rested, or is empty', () => {
    const atOnce = { dueAt: '2026-11-22T02:00:00.000Z', inSeconds: 1, isLate: false };
    expect(nextCheckpoint({ now, writtenAt: now - 3_600_000, everyMs: 300, storedAt: now - 50 })).toEqual(atOnce);
    expect(nextCheckpoint({ now, writtenAt: undefined, everyMs: 60_000, storedAt: now - 50 })).toEqual(atOnce);
  });

  it('is never further off than the pause, even when the clock was set back', () => {
    expect(nextCheckpoint({ now, writtenAt: now + 86_400_000, everyMs: 5_000, storedAt: now + 86_400_000 })).toEqual({ dueAt: '2026-11-22T02:00:05.000Z', inSeconds: 5, isLate: false });
  });

  it('is late when what was stored should have been signed long ago', () => {
    expect(nextCheckpoint({ now, writtenAt: now - 3_600_000, everyMs: 300, storedAt: now - 10_400 })).toEqual({ dueAt: '2026-11-22T02:00:00.000Z', inSeconds: 10, isLate: true });
  });
});
