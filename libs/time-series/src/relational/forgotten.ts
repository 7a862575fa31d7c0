import type { ClientBase, Pool } from 'pg';
import type { TelemetryMessage } from '@brain/contracts';
import type { ForgottenReadings } from '../time-series.port.js';
import { FIND_FORGOTTEN, FORGET, KEEP_WRITERS_OUT } from './forgotten.sql.js';

interface Forgotten {
  readonly deviceId: string;
  readonly from: number;
  readonly to: number;
}

/** Deletes them, and says that none shall come again, in one transaction that no write runs beside. */
export async function forget(pool: Pool, { deviceId, from, to }: ForgottenReadings): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(KEEP_WRITERS_OUT);
    await client.query(FORGET, [deviceId, from, to]);
    await client.query('COMMIT');
    client.release();
  } catch (error) {
    const broken = await client.query('ROLLBACK').then(() => false, () => true);
    client.release(broken);
    throw error;
  }
}

/** The messages without the readings that are not to be kept: such readings were on their way when they were forgotten. */
export async function withoutForgotten(client: ClientBase, messages: readonly TelemetryMessage[]): Promise<readonly TelemetryMessage[]> {
  const deviceIds = [...new Set(messages.map(({ deviceId }) => deviceId))];
  const { rows } = await client.query<Forgotten>({ name: 'find-forgotten', text: FIND_FORGOTTEN, values: [deviceIds] });
  if (rows.length === 0) return messages;
  const isForgotten = (id: string, ts: number) => rows.some(({ deviceId, from, to }) => deviceId === id && ts >= from && ts < to);
  return messages.map((message) => ({ ...message, readings: message.readings.filter(({ ts }) => !isForgotten(message.deviceId, ts)) }));
}
