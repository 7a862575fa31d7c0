import type { OperationsSocket } from './operations-socket.js';

/** Why the server ends a connection; the client finds it as the reason of the WebSocket's close. */
export type EndCode = 'CLIENT_TOO_SLOW' | 'RATE_LIMITED' | 'SIGN_IN_ENDED' | 'CHANNEL_ENDED' | 'SERVICE_UNAVAILABLE';

/** The first that WebSocket leaves to applications. */
const CLOSE_STATUS = 4000;
/** A client that does not read does not answer the close either. */
const PATIENCE_MS = 5_000;

interface ClosableTransport {
  readonly name: string;
  readonly socket?: { close(status: number, reason: string): void; terminate(): void };
}

/** What still waits for the client is not waited for. */
export function endConnection({ conn }: OperationsSocket, code: EndCode): void {
  const { socket } = conn.transport as unknown as ClosableTransport;
  if (conn.transport.name !== 'websocket' || socket === undefined) {
    conn.close(true);
    return;
  }
  socket.close(CLOSE_STATUS, code);
  setTimeout(() => socket.terminate(), PATIENCE_MS).unref();
}
