import { createHash } from 'node:crypto';
import { aborted, type Database } from '@brain/service-kit';
import type { PoolClient } from 'pg';
import { fairShare } from './session-places.js';

const LOOK_EVERY_MS = 1_000;

/** Processes that hold the shared lock: each one that takes part. */
const PROCESSES = `
  SELECT count(*)::int AS processes FROM pg_locks
  WHERE locktype = 'advisory' AND mode = 'ShareLock' AND granted AND objsubid = 1
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND classid::bigint = $1 AND objid::bigint = $2`;

export interface SessionHolder {
  start(place: number): void;
  /** Resolves when nothing of this place is on its way any more. */
  stop(place: number): Promise<void>;
}

/**
 * Shares `places` out over all processes that run this, evenly. Each place is held by one process at a time: by an
 * advisory lock that PostgreSQL gives back by itself when the process dies, and that another then takes.
 */
export async function shareSessions(database: Database, group: string, places: number, holder: SessionHolder, signal: AbortSignal, healthy: () => void): Promise<void> {
  const client = await database.pool.connect();
  const lost = new AbortController();
  const onLost = () => lost.abort();
  client.on('error', onLost);
  client.on('end', onLost);
  const either = AbortSignal.any([signal, lost.signal]);
  const held = new Set<number>();
  try {
    const everyone = lockKey(`${group}/processes`);
    await client.query('SELECT pg_advisory_lock_shared($1::bigint)', [everyone.toString()]);
    while (!either.aborted) {
      await balance(client, group, places, await countProcesses(client, everyone), held, holder);
      healthy();
      await aborted(either, LOOK_EVERY_MS);
    }
    if (lost.signal.aborted) throw new Error('The leases on the broker sessions were lost with their connection');
  } finally {
    await Promise.all([...held].map((place) => holder.stop(place)));
    client.off('error', onLost);
    client.off('end', onLost);
    client.release(true); // closing the connection gives the locks back
  }
}

async function balance(client: PoolClient, group: string, places: number, processes: number, held: Set<number>, holder: SessionHolder): Promise<void> {
  const share = fairShare(places, processes);
  for (const place of [...held].slice(share)) {
    await holder.stop(place);
    await client.query('SELECT pg_advisory_unlock($1::bigint)', [placeKey(group, place)]);
    held.delete(place);
  }
  for (let place = 0; place < places && held.size < share; place += 1) {
    if (held.has(place)) continue;
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1::bigint) AS held', [placeKey(group, place)]);
    if (rows[0]?.held !== true) continue;
    held.add(place);
    holder.start(place);
  }
}

async function countProcesses(client: PoolClient, key: bigint): Promise<number> {
  const bits = BigInt.asUintN(64, key);
  const { rows } = await client.query<{ processes: number }>(PROCESSES, [(bits >> 32n).toString(), (bits & 0xffff_ffffn).toString()]);
  return rows[0]?.processes ?? 1;
}

function placeKey(group: string, place: number): string {
  return lockKey(`${group}/${String(place)}`).toString();
}

function lockKey(name: string): bigint {
  return createHash('sha256').update(`broker-session/${name}`).digest().readBigInt64BE(0);
}
