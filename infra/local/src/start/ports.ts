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

/** A free port on loopback. */
export function freeLoopbackPort(): Promise<number> {
  return listenOnce(0, '127.0.0.1');
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
