import { Inject, Injectable } from '@nestjs/common';
import { TOPICS, type WornPeriod } from '@brain/contracts';
import { Database } from '@brain/service-kit';
import { ALERTING_SETTINGS, type AlertingSettings } from '../config.js';
import { groupBy } from './group-by.js';
import { SAVE_EVALUATION } from './save-evaluation.sql.js';
import { SaveQueue } from './save-queue.js';
import { DeviceState, type MetricSample, type StoredCondition } from './device-state.js';

export interface DeviceSample extends MetricSample {
  readonly deviceId: string;
}

interface StoredState {
  readonly [column: string]: unknown;
  readonly deviceId: string;
  readonly conditions: Record<string, StoredCondition>;
  readonly wornSince: string | null;
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
  private readonly queue = new SaveQueue<EvaluatedBatch>((batches) => this.saveAll(batches));

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

  /** Of a device that went on to another, what it measured on whoever wears it now. */
  async load(deviceIds: readonly string[]): Promise<readonly DeviceState[]> {
    const [states, samples] = await Promise.all([
      this.database.query<StoredState>(
        `SELECT device_id AS "deviceId", conditions, worn_since AS "wornSince" FROM device_states LEFT JOIN device_copy USING (device_id)
         WHERE device_id = ANY($1)`,
        [deviceIds],
      ),
      this.database.query<{ device_id: string; metric: string; ts: string; value: number }>(
        `SELECT device_id, metric, ts, value FROM window_samples LEFT JOIN device_copy USING (device_id)
         WHERE device_id = ANY($1) AND (worn_since IS NULL OR ts >= worn_since) ORDER BY device_id, metric, ts`,
        [deviceIds],
      ),
    ]);
    const known = new Map(states.map((row) => [row.deviceId, row]));
    const byDevice = groupBy(samples, (row) => row.device_id);
    return deviceIds.map((deviceId) => {
      const own = byDevice.get(deviceId) ?? [];
      const restored = own.map(({ metric, ts, value }) => ({ metric, ts: Number(ts), value }));
      const { conditions, wornSince = null } = known.get(deviceId) ?? {};
      const state = new DeviceState(deviceId, this.settings.ALERTING_WINDOW_SAMPLES, conditions, restored);
      if (wornSince !== null) state.startAnewSince(Number(wornSince));
      return state;
    });
  }

  /** @throws PartitionTaken */
  save(batch: EvaluatedBatch): Promise<void> {
    return this.queue.save(batch);
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

  /** What was remembered of these times of a device; of a time without end, how far its conditions have come too. */
  async forget(deviceId: string, periods: readonly WornPeriod[]): Promise<void> {
    for (const { from, to } of periods) {
      await this.database.query('DELETE FROM window_samples WHERE device_id = $1 AND ($2::bigint IS NULL OR ts >= $2) AND ($3::bigint IS NULL OR ts < $3)', [deviceId, from, to]);
      if (to === null) await this.database.query('DELETE FROM device_states WHERE device_id = $1', [deviceId]);
    }
  }

  private async saveAll(batches: readonly EvaluatedBatch[]): Promise<ReadonlyMap<EvaluatedBatch, Error>> {
    const states = batches.flatMap(({ partition, devices }) => devices.map((device) => ({ partition, device })));
    const samples = batches.flatMap((batch) => batch.samples.map((sample) => ({ partition: batch.partition, ...sample })));
    const { rows } = await this.database.pool.query<{ partition: number }>({
      name: 'save-evaluation',
      text: SAVE_EVALUATION,
      values: [
        TOPICS.readings,
        batches.map(({ partition }) => partition),
        batches.map(({ next }) => next),
        batches.map(({ from }) => from),
        states.map(({ partition }) => partition),
        states.map(({ device }) => device.deviceId),
        states.map(({ device }) => JSON.stringify(device)),
        samples.map(({ partition }) => partition),
        samples.map(({ deviceId }) => deviceId),
        samples.map(({ metric }) => metric),
        samples.map(({ ts }) => ts),
        samples.map(({ value }) => value),
      ],
    });
    const saved = new Set(rows.map(({ partition }) => partition));
    return new Map(
      batches
        .filter(({ partition }) => !saved.has(partition))
        .map((batch) => [batch, new PartitionTaken(`Partition ${batch.partition} is no longer at offset ${batch.from}`)]),
    );
  }
}
