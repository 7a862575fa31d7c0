import type { Server, Socket } from 'socket.io';
import type { ClientToServerEvents, ServerToClientEvents } from '@brain/contracts';
import type { VerifiedSession } from '../sign-in/session-tokens.js';
import type { RateLimiter } from '@brain/service-kit';
import type { Backlog } from './backlog.js';
import type { Channel } from './domain/channel.js';
import type { LatestOnly } from './latest-only.js';

/** What the gateway keeps with a connection. */
export interface Connection {
  /** The sign-in as last seen: its token may have been renewed since the client connected. */
  signedIn: VerifiedSession;
  /** The number the client had seen when it connected; taken by its first subscription. */
  lastSeq: number | undefined;
  channel: Channel | undefined;
  backlog: Backlog;
  limiter: RateLimiter;
  /** Subscriptions in a row that were beyond its limit. */
  limited: number;
  subscriptions: LatestOnly;
  /** It is being closed: nothing more is sent. */
  isEnding: boolean;
}

type NoEvents = Record<string, never>;
export type OperationsServer = Server<ClientToServerEvents, ServerToClientEvents, NoEvents, Connection>;
export type OperationsSocket = Socket<ClientToServerEvents, ServerToClientEvents, NoEvents, Connection>;
