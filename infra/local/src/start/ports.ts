import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { StartError } from './start-error.js';

/** @throws StartError naming the option that chooses another port */
export async function requireFreePort(port: number, what: string, option: string): Promise<void> {
  try {
    await listenOnce(port, '0.0.0.0');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why = code === 'EACCES' ? 'may not be used by this user' : 'is in use';
    throw new StartError(`Port ${String(port)} for ${what} ${why}. Choose another with ${option} N.`);
  }
}

/** Below those that systems give to outgoing connections: one of these cannot take the port before its server does, nor while that restarts. */
const LOWEST = 20_480; // tests choose lower ones, and tell them to a product that has not asked for its own yet
const HIGHEST = 32_767;
const given = new Set<number>();

/** A free port on loopback, another one each time. */
export async function freeLoopbackPort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST + 1);
    if (!given.has(port) && (await isFree(port))) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  given.add(port);
  try {
    await listenOnce(port, '127.0.0.1');
    return true;
  } catch {
    return false;
  }
}

function listenOnce(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}
