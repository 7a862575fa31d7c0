import type { Server } from 'node:net';
import type { WebSocketServer } from 'ws';

/** Resolves when it listens; a port that is taken is named with the variable that chose it. */
export async function listening(server: Server | WebSocketServer, start: () => unknown, variable: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('listening', () => resolve());
    server.once('error', (error) => reject(new Error(`${variable}: cannot listen on port ${port}: ${error.message}`)));
    start();
  });
}

/** The port of a server on TCP. Asking one that does not listen is a mistake of the caller. */
export function portOf(server: Server | WebSocketServer | undefined): number {
  const address = server?.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server does not listen on a port');
  return address.port;
}
