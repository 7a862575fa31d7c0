import { z } from 'zod';
import { DomainError, isDomainError } from '@brain/contracts';
import type { SessionTokens } from '../sign-in/session-tokens.js';
import { sessionOf } from '../sign-in/session-cookie.js';
import { isForeignPage } from '../sign-in/same-origin.js';
import type { SignInRecords } from '../sign-in/sign-in-records.js';
import { whoseRefused } from '../sign-in/whose-refused.js';
import { Backlog } from './backlog.js';
import { LatestOnly } from './latest-only.js';
import type { Connection, OperationsSocket } from './operations-socket.js';
import type { SubscriptionLimits } from './subscription-limits.js';

const handshake = z.object({ token: z.string().optional(), lastSeq: z.int().nonnegative().optional().catch(undefined) });

/** Lets a connection in with a token, or with the session cookie of our own page. A refusal is on the record before it is heard of. */
export function socketSignIn(sessions: SessionTokens, records: SignInRecords, limits: SubscriptionLimits) {
  return (socket: OperationsSocket, next: (error?: Error) => void): void => {
    admit(socket, sessions, limits).then(
      () => next(limits.hasRoomFor(socket.data.signedIn.actor.id) ? undefined : connectError(tooMany())),
      async (error: unknown) => {
        if (isDomainError(error)) await records.wasRefused(whoseRefused(error), 'live-connection', error.code, socket.request);
        next(connectError(error));
      },
    );
  };
}

async function admit(socket: OperationsSocket, sessions: SessionTokens, limits: SubscriptionLimits): Promise<void> {
  const { headers } = socket.request;
  const auth = handshake.safeParse(socket.handshake.auth).data;
  const cookie = isForeignPage(headers) ? undefined : sessionOf(headers.cookie);
  const signedIn = await sessions.verify(auth?.token ?? cookie);
  const connection: Connection = {
    signedIn,
    lastSeq: auth?.lastSeq,
    channel: undefined,
    backlog: new Backlog(socket.conn),
    limiter: limits.forConnection(),
    limited: 0,
    subscriptions: new LatestOnly(),
    isEnding: false,
  };
  Object.assign(socket.data, connection);
}

/** The sign-in is good: this is not on record as one that failed. */
function tooMany(): DomainError {
  return new DomainError('CONNECTIONS_TOO_MANY', 'This account has as many live connections as it may have');
}

/** Socket.IO hands `data` to the client's `connect_error`. */
function connectError(error: unknown): Error {
  const code = isDomainError(error) ? error.code : 'SERVICE_UNAVAILABLE';
  const detail = isDomainError(error) ? error.message : 'Try again';
  return Object.assign(new Error(code), { data: { code, detail } });
}
