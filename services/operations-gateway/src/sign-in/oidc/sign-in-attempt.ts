import { z } from 'zod';
import type { AttemptSecrets } from './provider-client.js';

/** Long enough to type a password and a second factor. */
export const ATTEMPT_SECONDS = 600;

/** A sign-in under way at the provider, kept by the browser that began it, where it cannot be read. */
export interface SignInAttempt extends AttemptSecrets {
  readonly returnTo: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

const attempt = z.object({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  returnTo: z.string(),
  expiresAt: z.number(),
});

/** The attempt the provider's answer belongs to; undefined: none that began here, or too long ago. */
export function attemptFor(opened: unknown, state: unknown, now: number): SignInAttempt | undefined {
  const { data } = attempt.safeParse(opened);
  return data !== undefined && data.state === state && now < data.expiresAt ? data : undefined;
}
