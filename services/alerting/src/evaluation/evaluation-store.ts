import { Inject, Injectable } from '@nestjs/common';
import { TOPICS } from '@brain/contracts';
import { Database } from '@brain/service-kit';
import { ALERTING_SETTINGS, type AlertingSettings } from '../config.js';
import { groupBy } from './group-by.js';
import { SAVE_EVALUATION } from './save-evaluation.sql.js';
import { SaveQueue } from './save-queue.js';
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

  /** What was remembered of the devices a person wears. */
  async forgetDevicesOf(wearerId: string): Promise<void> {
    for (const table of ['window_samples', 'device_states']) {
      await this.database.query(`DELETE FROM ${table} WHERE device_id IN (SELECT device_id FROM device_copy WHERE wearer_id = $1)`, [wearerId]);
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
