import { request } from '../api/request.js';
import { ApiError } from '../api/api-error.js';
import { createExternalStore } from '../elements/external-store.js';
import { expiresIn, renewSession } from './renewal.js';
import { liveIn } from '../time/zone.js';
import { signInMethods } from './sign-in-methods.js';
import { readUser, type User } from './user.js';

export type Session =
  | { readonly status: 'loading' }
  | { readonly status: 'signed-out'; readonly reason: 'none' | 'expired' | 'unreachable' }
  | { readonly status: 'signed-in'; readonly user: User };

export const session = createExternalStore<Session>({ status: 'loading' });

/** On load: the cookies may still hold a session, which the server alone can see. */
export async function restoreSession(): Promise<void> {
  try {
    const { signedInBefore, timeZone } = await signInMethods();
    liveIn(timeZone);
    session.set(signedInBefore ? { status: 'signed-in', user: readUser(await request('/api/auth/me')) } : { status: 'signed-out', reason: 'none' });
  } catch (error) {
    const answered = error instanceof ApiError && error.status < 500;
    session.set({ status: 'signed-out', reason: answered ? 'none' : 'unreachable' });
  }
}

/** @param newPassword one's own, in the place of a password that is good for one sign-in */
export async function signIn(username: string, password: string, newPassword?: string): Promise<void> {
  const answer = await request('/api/auth/login', { method: 'POST', body: { username, password, newPassword } });
  session.set({ status: 'signed-in', user: readUser(answer) });
}

/** Whoever signed in at the organisation's provider signs out there too. */
export async function signOut(): Promise<void> {
  try {
    const answer = (await request('/api/auth/logout', { method: 'POST' })) as { endSessionUrl?: string } | null;
    if (answer?.endSessionUrl !== undefined) window.location.assign(answer.endSessionUrl);
  } finally {
    session.set({ status: 'signed-out', reason: 'none' });
  }
}

/** A 401 in the middle of work: back to the sign-in page, saying why. */
export function expireSession(): void {
  if (session.get().status === 'signed-in') session.set({ status: 'signed-out', reason: 'expired' });
}

const LONGEST_PAUSE_MS = 10 * 60_000;
const RETRY_MS = 20_000;

/** A control room is signed in all day: the session is renewed at half its time while the page is open. */
export function keepSession(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stopped = new AbortController();
  const renew = async (): Promise<void> => {
    const answer = await renewSession();
    if (stopped.signal.aborted) return;
    if (answer !== undefined) showUser(readUser(answer));
    // A lost line is no reason to sign out, and one to try again soon; an ended session shows at the next request.
    timer = setTimeout(() => void renew(), answer === undefined ? RETRY_MS : Math.min(expiresIn(answer) * 500, LONGEST_PAUSE_MS));
  };
  void renew();
  return () => {
    stopped.abort();
    clearTimeout(timer);
  };
}

/** The same rights keep the screen as it is; other ones open it anew. */
function showUser(user: User): void {
  const now = session.get();
  if (now.status === 'signed-in' && JSON.stringify(now.user) !== JSON.stringify(user)) session.set({ status: 'signed-in', user });
}
