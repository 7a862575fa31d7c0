import { io, type Socket } from 'socket.io-client';
import type { AlertView, Change, ClientToServerEvents, ServerToClientEvents, SocketTopic } from '@brain/contracts';
import { renewSession } from '../session/renewal.js';
import { expireSession } from '../session/session.js';
import { withErased } from '../elements/erased.js';
import { createExternalStore } from '../elements/external-store.js';
import type { Connection } from './connection.js';
import { applyChanges, applySnapshot, EMPTY, type LiveState } from './live-state.js';

const NAMESPACE = '/operations';
const NAMES_PEOPLE: readonly SocketTopic[] = ['case', 'workload'];

type LiveSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

export const live = createExternalStore<LiveState>(EMPTY);
export const connection = createExternalStore<Connection>({ state: 'connecting' });

export interface FeedOptions {
  readonly areas: readonly string[];
  readonly topics: readonly SocketTopic[];
  readonly onRaised: (alerts: readonly AlertView[]) => void;
}

/** Opens the one socket of the page. Returns how to close it. */
export function openFeed({ areas, topics, onRaised }: FeedOptions): () => void {
  live.set(EMPTY);
  connection.set({ state: 'connecting' });
  const socket: LiveSocket = io(NAMESPACE, {
    // The session cookie signs in. Evaluated at every attempt: a reconnect asks for what it missed.
    auth: (give) => give(lastSeq()),
    reconnectionDelay: 500,
    reconnectionDelayMax: 5000,
    withCredentials: true,
  });
  const burst = coalesce((changes) => {
    const { state, raised, hole } = applyChanges(live.get(), changes);
    live.set(state);
    if (raised.length > 0) onRaised(raised);
    if (hole) startOver(socket);
  });

  socket.on('connect', () => subscribe(socket, areas, topics));
  socket.on('snapshot', (snapshot) => {
    burst.flush();
    live.set(applySnapshot(live.get(), withErased(snapshot)));
  });
  socket.on('change', (change) => burst.add(NAMES_PEOPLE.includes(change.topic) ? withErased(change) : change));
  socket.on('disconnect', (reason) => {
    burst.flush();
    lost();
    // The server ended it on purpose (its restart, an expired token): the client library does not retry by itself.
    if (reason === 'io server disconnect') socket.connect();
  });
  socket.on('connect_error', (error) => refused(socket, error));
  return () => {
    burst.cancel();
    socket.disconnect();
  };
}

function lastSeq(): { lastSeq?: number } {
  const { seq } = live.get();
  return seq === null ? {} : { lastSeq: seq };
}

/** Somebody with many screens may have them all ask at once; the next moment it is allowed again. */
const ASK_AGAIN_MS = 5_000;

function subscribe(socket: LiveSocket, areas: readonly string[], topics: readonly SocketTopic[]): void {
  const askAgain = (): void => {
    lost();
    setTimeout(() => {
      if (socket.connected) subscribe(socket, areas, topics);
    }, ASK_AGAIN_MS);
  };
  socket.emit('subscribe', { areas: [...areas], topics: [...topics] }, (answer) => {
    if (answer.ok) connection.set({ state: 'connected', since: Date.now() });
    else if (answer.code === 'RATE_LIMITED') askAgain();
    else if (answer.code !== 'SUBSCRIPTION_REPLACED') connection.set({ state: 'offline', code: answer.code, detail: answer.detail });
  });
}

/** After a hole: a new connection that claims to have seen nothing, so it gets a whole snapshot. */
function startOver(socket: LiveSocket): void {
  lost();
  socket.disconnect().connect();
}

function lost(): void {
  const now = connection.get();
  if (now.state !== 'reconnecting') connection.set({ state: 'reconnecting', since: Date.now() });
}

/** A network failure is retried by the library; a refusal by the server (it has a code) is not. */
function refused(socket: LiveSocket, error: Error & { data?: { code?: string } }): void {
  const code = error.data?.code ?? error.message;
  if (socket.active) lost();
  else if (code.startsWith('TOKEN_')) void signedInAgain(socket);
  else connection.set({ state: 'offline', code, detail: error.message });
}

/** The token ran out while the line was down; the session behind it may still be open. */
async function signedInAgain(socket: LiveSocket): Promise<void> {
  lost();
  if ((await renewSession()) === undefined) expireSession();
  else socket.connect();
}

/** At most one update of the screen per frame, however fast changes come. A hidden tab has no frames, so a timer backs it. */
function coalesce(apply: (changes: readonly Change[]) => void) {
  let waiting: Change[] = [];
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancel = (): void => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    frame = 0;
    timer = undefined;
  };
  const flush = (): void => {
    cancel();
    const changes = waiting;
    waiting = [];
    if (changes.length > 0) apply(changes);
  };
  const add = (change: Change): void => {
    waiting.push(change);
    if (timer !== undefined) return;
    frame = requestAnimationFrame(flush);
    timer = setTimeout(flush, 250);
  };
  return { add, flush, cancel };
}
