import { AsyncLocalStorage } from 'node:async_hooks';
import type { PastAxis } from '@brain/contracts';

/** A moment that somebody looks back to. */
export interface Past {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly as: PastAxis;
}

const looking = new AsyncLocalStorage<Past>();

/** Set: whatever is read belongs to that moment, and nothing may be written. */
export function currentPast(): Past | undefined {
  return looking.getStore();
}

/** Runs `work` so that `Database.query` answers as of that moment. */
export function inThePast<T>(past: Past, work: () => T): T {
  return looking.run(past, work);
}
