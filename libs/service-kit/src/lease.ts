import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import { aborted } from './background-task.js';
import type { Database } from './database.js';

const RETRY_MS = 1_000;

/**
 * Runs `work` in at most one process at a time: a session-level advisory lock on its own connection, which
 * PostgreSQL gives back by itself when the process dies. It holds no transaction open.
 */
export async function underLease(
  database: Database,
  name: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const client = await database.pool.connect();
  const lost = new AbortController();
  const onLost = () => lost.abort();
  client.on('error', onLost);
  client.on('end', onLost);
  try {
    if (await acquire(client, lockKey(`${database.schema}/${name}`), signal)) {
      await work(AbortSignal.any([signal, lost.signal]));
    }
    if (lost.signal.aborted) throw new Error(`The lease ${name} was lost with its connection`);
  } finally {
    client.off('error', onLost);
    client.off('end', onLost);
    // Closing the session gives the lock back, also when the unlock statement could not be sent.
    client.release(true);
  }
}

async function acquire(client: PoolClient, key: string, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1::bigint) AS held', [key]);
    if (rows[0]?.held === true) return true;
    await aborted(signal, RETRY_MS);
  }
  return false;
}

function lockKey(name: string): string {
  return createHash('sha256').update(name).digest().readBigInt64BE(0).toString();
}
