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
