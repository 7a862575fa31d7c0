import pg, { type Pool, type PoolClient } from 'pg';
import type { Response } from 'express';

/** Whoever asked has left: there is nobody to answer, and nothing is wrong. */
export class NobodyWaits extends Error {
  constructor() {
    super('Nobody waits for this any more');
    this.name = 'NobodyWaits';
  }
}

/** Aborts when whoever asked has left, or has their whole answer. */
export function readerGone(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  if (response.destroyed) gone.abort();
  return gone.signal;
}

/**
 * Runs `work` on a connection as long as somebody waits for what comes of it. PostgreSQL notices that nobody does only
 * when it wants to answer; so it is told, and stops the statement that runs.
 * @throws NobodyWaits
 */
export async function whileWanted<T>(pool: Pool, gone: AbortSignal, work: (client: PoolClient) => Promise<T>): Promise<T> {
  if (hasAborted(gone)) throw new NobodyWaits();
  const client = await pool.connect();
  let stopped: Promise<void> | undefined;
  let stop = (): void => undefined;
  try {
    const backend = await backendOf(client);
    stop = () => {
      stopped = stopStatement(pool, backend);
    };
    gone.addEventListener('abort', stop, { once: true });
    gone.throwIfAborted();
    const result = await work(client);
    gone.throwIfAborted();
    gone.removeEventListener('abort', stop);
    client.release();
    return result;
  } catch (error) {
    gone.removeEventListener('abort', stop);
    await stopped;
    // Not used again: it may be in a transaction, and the stop may still be on its way to it.
    client.release(true);
    if (hasAborted(gone)) throw new NobodyWaits();
    throw error;
  }
}

/** Asked anew each time: it changes while we wait. */
function hasAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

const backends = new WeakMap<PoolClient, number>();

async function backendOf(client: PoolClient): Promise<number> {
  const known = backends.get(client);
  if (known !== undefined) return known;
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const pid = rows[0]?.pid ?? 0;
  backends.set(client, pid);
  return pid;
}

/** On a connection of its own: those of the pool may all be at work for people who have left. Never rejects: the statement ends by itself then. */
async function stopStatement(pool: Pool, backend: number): Promise<void> {
  const client = new pg.Client(pool.options);
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT pg_cancel_backend($1)', [backend]);
  } catch {
    return;
  } finally {
    await client.end().catch(() => undefined);
  }
}
