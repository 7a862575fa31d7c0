/** Milliseconds. */
export interface SessionLimits {
  /** How long a session goes on without being renewed. */
  readonly idleMs: number;
  /** How long it goes on at all. */
  readonly longestMs: number;
}

/** Milliseconds since the epoch. */
export interface SessionTimes {
  readonly begunAt: number;
  readonly renewedAt: number;
  /** Without a renewal it ends then. */
  readonly expiresAt: number;
  /** However often it is renewed, it ends then. */
  readonly endsAt: number;
}

export function begin(now: number, { idleMs, longestMs }: SessionLimits): SessionTimes {
  const endsAt = now + longestMs;
  return { begunAt: now, renewedAt: now, expiresAt: Math.min(now + idleMs, endsAt), endsAt };
}

export function renew(times: SessionTimes, now: number, { idleMs }: SessionLimits): SessionTimes {
  return { ...times, renewedAt: now, expiresAt: Math.min(now + idleMs, times.endsAt) };
}

export function isOver({ expiresAt }: Pick<SessionTimes, 'expiresAt'>, now: number): boolean {
  return expiresAt <= now;
}

/** How long a token of the session may live, in whole seconds: as long as wanted, and no longer than the session can. 0: it is over. */
export function tokenSeconds({ endsAt }: Pick<SessionTimes, 'endsAt'>, wantedSeconds: number, now: number): number {
  return Math.max(0, Math.min(wantedSeconds, Math.ceil((endsAt - now) / 1000)));
}
