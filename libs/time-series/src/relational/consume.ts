import type { ClientBase, Pool } from 'pg';
import type { ConsumedBatch, MessageOutcome, RefusalCount, WriteResult } from '../time-series.port.js';
import { takeFresh } from './offsets.js';
import { COUNT_AND_ADVANCE } from './count.sql.js';

/** A message as it is counted for its device and minute. */
export interface Counted {
  readonly deviceId: string | null;
  readonly receivedAt: number;
  readonly as: 'stored' | 'duplicate' | 'refused';
}

export interface Consumed {
  readonly outcomes: readonly MessageOutcome[];
  readonly counted: readonly Counted[];
}

/**
 * Runs `consume` on the records that were not consumed before, and saves counts and offset with it in one
 * transaction.
 */
export async function withOffset<Value>(
  pool: Pool,
  { topic, partition, records }: ConsumedBatch<Value>,
  consume: (client: ClientBase, values: readonly Value[]) => Promise<Consumed>,
): Promise<WriteResult> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const fresh = await takeFresh(client, topic, partition, records);
    const last = fresh.at(-1);
    const { outcomes, counted } = last === undefined ? nothing : await consume(client, fresh.map(({ value }) => value));
    if (last !== undefined) await countAndAdvance(client, topic, partition, last.offset + 1, counted);
    await client.query('COMMIT');
    client.release();
    return { skipped: records.length - fresh.length, outcomes };
  } catch (error) {
    const broken = await client.query('ROLLBACK').then(() => false, () => true);
    client.release(broken);
    throw error;
  }
}

const nothing: Consumed = { outcomes: [], counted: [] };

async function countAndAdvance(client: ClientBase, topic: string, partition: number, next: number, counted: readonly Counted[]): Promise<void> {
  const flags = (as: Counted['as']) => counted.map((message) => (message.as === as ? 1 : 0));
  const values = [
    topic,
    partition,
    next,
    counted.map(({ deviceId }) => deviceId),
    counted.map(({ receivedAt }) => receivedAt),
    flags('stored'),
    flags('duplicate'),
    flags('refused'),
  ];
  await client.query({ name: 'count-and-advance', text: COUNT_AND_ADVANCE, values });
}

export function refusalsOf(_client: ClientBase, refusals: readonly RefusalCount[]): Promise<Consumed> {
  return Promise.resolve({ outcomes: [], counted: refusals.map((refusal) => ({ ...refusal, as: 'refused' })) });
}
