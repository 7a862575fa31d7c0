import type { Server, Socket } from 'socket.io';
import type { ClientToServerEvents, ServerToClientEvents } from '@brain/contracts';
import type { VerifiedSession } from '../sign-in/session-tokens.js';
import type { Backlog } from './backlog.js';
import type { Channel } from './domain/channel.js';

/** What the gateway keeps with a connection. */
export interface Connection {
  /** The sign-in as last seen: its token may have been renewed since the client connected. */
  signedIn: VerifiedSession;
  /** The number the client had seen when it connected; taken by its first subscription. */
  lastSeq: number | undefined;
  channel: Channel | undefined;
  backlog: Backlog;
}

type NoEvents = Record<string, never>;
export type OperationsServer = Server<ClientToServerEvents, ServerToClientEvents, NoEvents, Connection>;
export type OperationsSocket = Socket<ClientToServerEvents, ServerToClientEvents, NoEvents, Connection>;
