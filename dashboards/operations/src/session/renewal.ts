let running: Promise<unknown> | undefined;

/**
 * Asks for a new token; the cookies say for whom. One call at a time, however many requests found the old one expired.
 * @returns the answer; undefined: the session has ended, or nobody could be asked
 */
export function renewSession(): Promise<unknown> {
  running ??= renew().finally(() => (running = undefined));
  return running;
}

async function renew(): Promise<unknown> {
  try {
    const response = await fetch('/api/auth/refresh', { method: 'POST', credentials: 'same-origin', headers: { accept: 'application/json' } });
    return response.ok ? ((await response.json()) as unknown) : undefined;
  } catch {
    return undefined;
  }
}

/** Seconds until the token of an answer ends. */
export function expiresIn(answer: unknown): number {
  const { expiresIn: seconds } = answer as { expiresIn?: number };
  return Math.max(seconds ?? 0, 2);
}
