import type { RetryPolicy } from './message-bus.port.js';

const defaults: RetryPolicy = { attempts: 5, baseMs: 100, maxMs: 10_000 };

export function retryPolicy(...wishes: readonly (Partial<RetryPolicy> | undefined)[]): RetryPolicy {
  return wishes.reduce<RetryPolicy>((policy, wish) => ({ ...policy, ...wish }), defaults);
}

/** The pause after the given failed attempt, counted from 1. */
export function pauseAfter(attempt: number, { baseMs, maxMs }: RetryPolicy): number {
  return Math.min(maxMs, baseMs * 2 ** (attempt - 1));
}
