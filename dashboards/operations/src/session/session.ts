import { request } from '../api/request.js';
import { ApiError } from '../api/api-error.js';
import { createExternalStore } from '../elements/external-store.js';
import { readUser, type User } from './user.js';

export type Session =
  | { readonly status: 'loading' }
  | { readonly status: 'signed-out'; readonly reason: 'none' | 'expired' | 'unreachable' }
  | { readonly status: 'signed-in'; readonly user: User };

export const session = createExternalStore<Session>({ status: 'loading' });

/** On load: the cookie may still hold a session. */
export async function restoreSession(): Promise<void> {
  try {
    session.set({ status: 'signed-in', user: readUser(await request('/api/auth/me')) });
  } catch (error) {
    const answered = error instanceof ApiError && error.status < 500;
    session.set({ status: 'signed-out', reason: answered ? 'none' : 'unreachable' });
  }
}

export async function signIn(username: string, password: string): Promise<void> {
  const answer = await request('/api/auth/login', { method: 'POST', body: { username, password } });
  session.set({ status: 'signed-in', user: readUser(answer) });
}

export async function signOut(): Promise<void> {
  try {
    await request('/api/auth/logout', { method: 'POST' });
  } finally {
    session.set({ status: 'signed-out', reason: 'none' });
  }
}

/** A 401 in the middle of work: back to the sign-in page, saying why. */
export function expireSession(): void {
  if (session.get().status === 'signed-in') session.set({ status: 'signed-out', reason: 'expired' });
}

const SLIDE_EVERY_MS = 10 * 60_000;

/** A control room is signed in all day: the cookie is renewed while the page is open. */
export function keepSession(): () => void {
  const timer = setInterval(() => {
    request('/api/auth/refresh', { method: 'POST' }).catch(() => {
      // An ended session is noticed by `sessionEnded`; a lost line is no reason to sign out.
    });
  }, SLIDE_EVERY_MS);
  return () => clearInterval(timer);
}
