export interface CheckpointsSoFar {
  /** Milliseconds since the epoch, like all here. */
  readonly now: number;
  /** When the newest checkpoint was written; undefined: there is none yet. */
  readonly writtenAt: number | undefined;
  /** Least time from one to the next. */
  readonly everyMs: number;
  /** When what is asked for was stored. */
  readonly storedAt: number;
}

export interface NextCheckpoint {
  /** ISO 8601 UTC. */
  readonly dueAt: string;
  /** Whole seconds to wait, at least one: as `Retry-After` has it. */
  readonly inSeconds: number;
  /** It should have been there long ago: the log has much to catch up with, or stands still. */
  readonly isLate: boolean;
}

const GRACE_MS = 10_000;

/** What is stored now is signed when the log next may sign: at once, or so long after the newest checkpoint. */
export function nextCheckpoint({ now, writtenAt, everyMs, storedAt }: CheckpointsSoFar): NextCheckpoint {
  // A clock that was set back must not make it later than a whole pause from now.
  const due = writtenAt === undefined ? now : Math.min(Math.max(writtenAt + everyMs, now), now + everyMs);
  const isLate = now - storedAt > everyMs + GRACE_MS;
  return { dueAt: new Date(due).toISOString(), inSeconds: Math.max(Math.ceil((due - now) / 1_000), isLate ? GRACE_MS / 1_000 : 1), isLate };
}
