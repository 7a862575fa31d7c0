import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below those that systems give to outgoing connections: one of these cannot take the port before its server does. */
const LOWEST = 10_240;
const HIGHEST = 20_479; // a product under test chooses higher ones for itself
const given = new Set<number>();

/** A TCP port on loopback that nobody listened on a moment ago; another one each time. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST + 1);
    if (!given.has(port) && (await isFree(port))) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  given.add(port);
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
