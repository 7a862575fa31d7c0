import { createServer } from 'node:http';
import type { Readiness } from '../readiness.js';

const RETRY_AFTER_SECONDS = '2';

/**
 * Answers in place of the service while its engines are not there: alive, not ready, and what is missing.
 * @param port 0: nobody knows where to ask, so nothing listens
 * @returns closes it
 */
export async function openWaitingDoor(host: string, port: number, readiness: Readiness): Promise<() => Promise<void>> {
  if (port === 0) return () => Promise.resolve();
  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown) =>
      response
        .writeHead(status, { 'content-type': 'application/json', connection: 'close', 'retry-after': RETRY_AFTER_SECONDS })
        .end(JSON.stringify(body));
    if (request.url === '/healthz') answer(200, { status: 'alive' });
    else if (request.url === '/readyz') void readiness.report().then((report) => answer(503, report));
    else answer(503, { type: 'about:blank', title: 'Service Unavailable', status: 503, code: 'SERVICE_STARTING', detail: 'The service waits for its engines; see /readyz', errors: [] });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
}
