import { Inject, Injectable } from '@nestjs/common';
import { TOPICS } from '@brain/contracts';
import { Database } from '@brain/service-kit';
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
/**
 * $1 topic, $2 partition, $3 next offset, $4 the offset it must be at, $5..$6 states, $7..$10 samples. One statement:
 * a transaction that stays open between statements would hold back every tail of the event store meanwhile.
 */
const SAVE = `
  WITH moved AS (
    INSERT INTO evaluation_offsets AS kept (topic, partition, next_offset)
    SELECT $1, $2, $3::bigint
    WHERE $4::bigint = 0 OR EXISTS (SELECT FROM evaluation_offsets WHERE topic = $1 AND partition = $2)
    ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset WHERE kept.next_offset = $4::bigint
    RETURNING next_offset
  ), states AS (
    INSERT INTO device_states (device_id, conditions)
    SELECT given.* FROM unnest($5::uuid[], $6::jsonb[]) AS given (device_id, conditions), moved
    ON CONFLICT (device_id) DO UPDATE SET conditions = excluded.conditions
  ), samples AS (
    INSERT INTO window_samples (device_id, metric, ts, value)
    SELECT given.* FROM unnest($7::uuid[], $8::text[], $9::bigint[], $10::float8[]) AS given (device_id, metric, ts, value), moved
    ON CONFLICT DO NOTHING
  )
  SELECT next_offset FROM moved`;

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
  async save({ partition, from, next, devices, samples }: EvaluatedBatch): Promise<void> {
    const saved = await this.database.pool.query({
      name: 'save-evaluation',
      text: SAVE,
      values: [
        TOPICS.readings,
        partition,
        next,
        from,
        devices.map(({ deviceId }) => deviceId),
        devices.map((device) => JSON.stringify(device)),
        samples.map(({ deviceId }) => deviceId),
        samples.map(({ metric }) => metric),
        samples.map(({ ts }) => ts),
        samples.map(({ value }) => value),
      ],
    });
    if (saved.rowCount !== 1) throw new PartitionTaken(`Partition ${partition} is no longer at offset ${from}`);
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
