import { describe, expect, it } from '@jest/globals';
import { begin, isOver, renew, tokenSeconds } from './session-times.js';

const HOUR = 3_600_000;
const limits = { idleMs: 8 * HOUR, longestMs: 24 * HOUR };

describe('the times of a session', () => {
  it('are over when nobody renewed it for the idle time', () => {
    const session = begin(0, limits);
    expect(session).toEqual({ begunAt: 0, renewedAt: 0, expiresAt: 8 * HOUR, endsAt: 24 * HOUR });
    expect([isOver(session, 8 * HOUR - 1), isOver(session, 8 * HOUR)]).toEqual([false, true]);
  });

  it('move forward with a renewal, and never beyond the longest time', () => {
    const renewed = renew(begin(0, limits), 6 * HOUR, limits);
    expect(renewed).toEqual({ begunAt: 0, renewedAt: 6 * HOUR, expiresAt: 14 * HOUR, endsAt: 24 * HOUR });
    expect(renew(renewed, 20 * HOUR, limits).expiresAt).toBe(24 * HOUR);
  });

  it('are never longer than the longest time, though the idle time is', () => {
    expect(begin(0, { idleMs: 8 * HOUR, longestMs: HOUR }).expiresAt).toBe(HOUR);
  });

  it('leave a token what is left of the session', () => {
    const session = begin(0, limits);
    expect(tokenSeconds(session, 300, 0)).toBe(300);
    expect(tokenSeconds(session, 8 * 3_600, 20 * HOUR)).toBe(4 * 3_600);
    expect(tokenSeconds(session, 300, 24 * HOUR - 1)).toBe(1);
    expect(tokenSeconds(session, 300, 24 * HOUR)).toBe(0);
    expect(tokenSeconds(session, 300, 25 * HOUR)).toBe(0);
  });
});
