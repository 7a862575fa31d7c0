import type { SignInMethod } from './signed-in.v1.js';

/** GET /api/auth/sessions: one of the caller's own sign-ins that go on. Times are ISO 8601 UTC. */
export interface MySession {
  readonly sessionId: string;
  /** The one that asks. */
  readonly current: boolean;
  readonly method: SignInMethod;
  readonly begunAt: string;
  readonly seenAt: string;
  /** However often it is renewed, it ends then. */
  readonly endsAt: string;
  readonly address: string | null;
  /** As in `Chrome 142`, `Windows 11`; null: it does not say, or nobody knows its word. */
  readonly browser: string | null;
  readonly system: string | null;
}
