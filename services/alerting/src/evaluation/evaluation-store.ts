import { Inject, Injectable } from '@nestjs/common';
import { TOPICS } from '@brain/contracts';
import { Database } from '@brain/service-kit';
import type { PoolClient } from 'pg';
import { ALERTING_SETTINGS, type AlertingSettings } from '../config.js';
import { groupBy } from './group-by.js';
import { DeviceState, type MetricSample, type StoredCondition } from './device-state.js';

export interface DeviceSample extends MetricSample {
  readonly deviceId: string;
}

export interface EvaluatedBatch {
  readonly partition: number;
  /** Where this batch began and where the next one begins. */
  readonly from: number;
  readonly next: number;
  readonly devices: readonly DeviceState[];
  readonly samples: readonly DeviceSample[];
}

/** Another member evaluated this partition meanwhile: what we remember of it is not what is stored. */
export class PartitionTaken extends Error {}

/** States of conditions, window samples and the offsets they belong to, saved together or not at all. */
@Injectable()
export class EvaluationStore {
  constructor(
    private readonly database: Database,
    @Inject(ALERTING_SETTINGS) private readonly settings: AlertingSettings,
  ) {}

  async nextOffset(partition: number): Promise<number> {
    const rows = await this.database.query<{ next_offset: string }>(
      'SELECT next_offset FROM evaluation_offsets WHERE topic = $1 AND partition = $2',
      [TOPICS.readings, partition],
    );
    return Number(rows[0]?.next_offset ?? 0);
  }

  async load(deviceIds: readonly string[]): Promise<readonly DeviceState[]> {
    const [states, samples] = await Promise.all([
      this.database.query<{ device_id: string; conditions: Record<string, StoredCondition> }>(
        'SELECT device_id, conditions FROM device_states WHERE device_id = ANY($1)',
        [deviceIds],
      ),
      this.database.query<{ device_id: string; metric: string; ts: string; value: number }>(
        'SELECT device_id, metric, ts, value FROM window_samples WHERE device_id = ANY($1) ORDER BY device_id, metric, ts',
        [deviceIds],
      ),
    ]);
    const conditions = new Map(states.map((row) => [row.device_id, row.conditions]));
    const byDevice = groupBy(samples, (row) => row.device_id);
    return deviceIds.map((deviceId) => {
      const own = byDevice.get(deviceId) ?? [];
      const restored = own.map(({ metric, ts, value }) => ({ metric, ts: Number(ts), value }));
      return new DeviceState(deviceId, this.settings.ALERTING_WINDOW_SAMPLES, conditions.get(deviceId), restored);
    });
  }

  /** @throws PartitionTaken */
  async save(batch: EvaluatedBatch): Promise<void> {
    await this.database.transaction(async (sql) => {
      await saveOffset(sql, batch);
      if (batch.devices.length > 0) await saveStates(sql, batch.devices);
      if (batch.samples.length > 0) await saveSamples(sql, batch.samples);
    });
  }

  /** Forgets stored samples that the windows in memory have forgotten. */
  async trim(devices: Iterable<DeviceState>): Promise<void> {
    const oldest = [...devices].flatMap((device) =>
      device.oldestSamples().map(({ metric, ts }) => ({ deviceId: device.deviceId, metric, ts })),
    );
    if (oldest.length === 0) return;
    await this.database.query(
      `DELETE FROM window_samples kept
       USING unnest($1::uuid[], $2::text[], $3::bigint[]) AS oldest (device_id, metric, ts)
       WHERE kept.device_id = oldest.device_id AND kept.metric = oldest.metric AND kept.ts < oldest.ts`,
      [oldest.map((one) => one.deviceId), oldest.map((one) => one.metric), oldest.map((one) => one.ts)],
    );
  }
}

async function saveOffset(sql: PoolClient, { partition, from, next }: EvaluatedBatch): Promise<void> {
  const saved =
    from === 0
      ? await sql.query(
          `INSERT INTO evaluation_offsets (topic, partition, next_offset) VALUES ($1, $2, $3)
           ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset
           WHERE evaluation_offsets.next_offset = 0`,
          [TOPICS.readings, partition, next],
        )
      : await sql.query(
          'UPDATE evaluation_offsets SET next_offset = $3 WHERE topic = $1 AND partition = $2 AND next_offset = $4',
          [TOPICS.readings, partition, next, from],
        );
  if (saved.rowCount !== 1) throw new PartitionTaken(`Partition ${partition} is no longer at offset ${from}`);
}

async function saveStates(sql: PoolClient, devices: readonly DeviceState[]): Promise<void> {
  await sql.query(
    `INSERT INTO device_states (device_id, conditions)
     SELECT * FROM unnest($1::uuid[], $2::jsonb[])
     ON CONFLICT (device_id) DO UPDATE SET conditions = excluded.conditions`,
    [devices.map(({ deviceId }) => deviceId), devices.map((device) => JSON.stringify(device))],
  );
}

async function saveSamples(sql: PoolClient, samples: readonly DeviceSample[]): Promise<void> {
  await sql.query(
    `INSERT INTO window_samples (device_id, metric, ts, value)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::float8[])
     ON CONFLICT DO NOTHING`,
    [
      samples.map(({ deviceId }) => deviceId),
      samples.map(({ metric }) => metric),
      samples.map(({ ts }) => ts),
      samples.map(({ value }) => value),
    ],
  );
}
