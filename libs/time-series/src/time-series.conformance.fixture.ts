import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TelemetryMessage } from '@brain/contracts';
import { DEVICE, NOON, telemetry } from './telemetry.fixture.js';
import type { ConsumedBatch, TimeSeries } from './time-series.port.js';

export { DEVICE, NOON, telemetry } from './telemetry.fixture.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const OTHER = '00000000-0000-4000-8000-000000000002';

export interface TimeSeriesUnderTest {
  readonly series: TimeSeries;
  /** A second instance on the same data, as another process would have it. */
  readonly second: TimeSeries;
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** What every adapter promises. */
export function describeTimeSeries(name: string, open: () => Promise<TimeSeriesUnderTest>): void {
  describe(`${name} as a time series`, () => {
    let under: TimeSeriesUnderTest;
    let nextOffset = 0;
    beforeAll(async () => {
      under = await open();
    });
    beforeEach(async () => {
      await under.clear();
      nextOffset = 0;
    });
    afterAll(() => under.close());

    const batch = <Value>(values: readonly Value[]): ConsumedBatch<Value> => ({
      topic: 'telemetry.readings',
      partition: 0,
      records: values.map((value) => ({ offset: nextOffset++, value })),
    });
    const write = async (...messages: TelemetryMessage[]) => (await under.series.write(batch(messages))).outcomes;
    const at = (ts: number, temperature: number, more: Partial<TelemetryMessage> = {}) =>
      telemetry({ readings: [{ ts, values: { temperature } }], ...more });
    const range = { deviceId: DEVICE, metric: 'temperature', from: NOON - DAY, to: NOON + DAY, limit: 1000 };

    it('gives back numbers, booleans and text as they were sent, oldest first', async () => {
      await write(telemetry({ readings: [{ ts: NOON + 1, values: { open: false, note: 'später 晚' } }, { ts: NOON, values: { open: true, note: '' } }] }));
      expect(await under.series.points({ ...range, metric: 'open' })).toEqual([{ ts: NOON, value: true }, { ts: NOON + 1, value: false }]);
      expect(await under.series.points({ ...range, metric: 'note' })).toEqual([{ ts: NOON, value: '' }, { ts: NOON + 1, value: 'später 晚' }]);
    });

    it('takes from inclusive, to exclusive, and stops at the limit', async () => {
      await write(at(NOON, 1), at(NOON + 1, 2), at(NOON + 2, 3));
      expect(await under.series.points({ ...range, from: NOON + 1, to: NOON + 2 })).toEqual([{ ts: NOON + 1, value: 2 }]);
      expect(await under.series.points({ ...range, limit: 2 })).toHaveLength(2);
    });

    it('keeps the first value of an instant, counts the repeat, and reports one with another value', async () => {
      await write(at(NOON, 20));
      expect(await write(at(NOON, 20), at(NOON, 21))).toMatchObject([
        { stored: 0, duplicates: 1, conflicting: 0 },
        { stored: 0, duplicates: 1, conflicting: 1 },
      ]);
      expect(await under.series.points(range)).toEqual([{ ts: NOON, value: 20 }]);
    });

    it('writes a redelivered batch once, and what follows it', async () => {
      const first = batch([at(NOON, 1), at(NOON + 1, 2)]);
      const longer = { ...first, records: [...first.records, ...batch([at(NOON + 2, 3)]).records] };
      await under.series.write(first);
      const again = await under.series.write(longer);
      expect(again).toMatchObject({ skipped: 2, outcomes: [{ stored: 1 }] });
      const [count] = await under.series.counts({ from: NOON - DAY, to: NOON + DAY, limit: 10 });
      expect(count).toMatchObject({ received: 3, stored: 3, duplicates: 0, refused: 0 });
    });

    it('writes a dead letter that is replayed after later records were written, once', async () => {
      const [first, second, third] = batch([at(NOON, 1), at(NOON + 1, 2), at(NOON + 2, 3)]).records;
      if (!first || !second || !third) throw new Error('three records expected');
      const only = (...records: (typeof first)[]) => ({ topic: 'telemetry.readings', partition: 0, records });
      await under.series.write(only(third));
      expect(await under.series.write(only(second))).toMatchObject({ skipped: 0, outcomes: [{ stored: 1 }] });
      expect(await under.series.write(only(first, second, third))).toMatchObject({ skipped: 2, outcomes: [{ stored: 1 }] });
      expect(await under.series.write(only(first))).toMatchObject({ skipped: 1, outcomes: [] });
      expect(await under.series.points(range)).toHaveLength(3);
    });

    it('writes a batch once when two members hold the partition for a moment', async () => {
      const messages = Array.from({ length: 50 }, (_, index) => at(NOON + index, index));
      const same = batch(messages);
      const results = await Promise.all([under.series.write(same), under.second.write(same)]);
      expect(results.map(({ skipped }) => skipped).sort((a, b) => a - b)).toEqual([0, 50]);
      const [count] = await under.series.counts({ from: NOON - DAY, to: NOON + DAY, limit: 10 });
      expect(count).toMatchObject({ received: 50, stored: 50, duplicates: 0 });
    });

    it('changes nothing when one message of the batch cannot be stored', async () => {
      const poison = at(NOON + 1, 2, { deviceId: 'not-a-uuid' });
      await expect(under.series.write(batch([at(NOON, 1), poison]))).rejects.toThrow();
      expect(await under.series.points(range)).toEqual([]);
      expect(await under.series.counts({ from: NOON - DAY, to: NOON + DAY, limit: 10 })).toEqual([]);
    });

    it('counts a resend without a time of its own as a duplicate, in the same batch and later', async () => {
      const first = at(NOON, 20, { ownTime: false, messageKey: 'k' });
      const resend = (ts: number) => at(ts, 20, { ownTime: false, resent: true, messageKey: 'k', receivedAt: ts });
      expect(await write(first, resend(NOON + 5))).toMatchObject([{ stored: 1 }, { stored: 0, duplicates: 1, resend: true }]);
      expect(await write(resend(NOON + 9 * MINUTE))).toMatchObject([{ stored: 0, duplicates: 1, resend: true }]);
    });

    it('stores a resend whose first sending never arrived or is long ago', async () => {
      const resend = (ts: number) => at(ts, 20, { ownTime: false, resent: true, messageKey: 'k', receivedAt: ts });
      expect(await write(resend(NOON))).toMatchObject([{ stored: 1, resend: false }]);
      expect(await write(resend(NOON + 11 * MINUTE))).toMatchObject([{ stored: 1, resend: false }]);
    });

    it('rolls up minutes, hours and days, numbers and booleans', async () => {
      await write(at(NOON, 10), at(NOON + 1000, 30), at(NOON + MINUTE, 5), telemetry({ readings: [{ ts: NOON, values: { open: true, note: 'x' } }] }));
      expect(await under.series.buckets({ ...range, bucketMs: MINUTE })).toEqual([
        { from: NOON, min: 10, max: 30, avg: 20, sum: 40, count: 2, first: 10, last: 30 },
        { from: NOON + MINUTE, min: 5, max: 5, avg: 5, sum: 5, count: 1, first: 5, last: 5 },
      ]);
      const whole = { min: 5, max: 30, avg: 15, sum: 45, count: 3, first: 10, last: 5 };
      expect(await under.series.buckets({ ...range, bucketMs: 60 * MINUTE })).toEqual([{ from: NOON, ...whole }]);
      expect(await under.series.buckets({ ...range, bucketMs: DAY })).toEqual([{ from: NOON - DAY / 2, ...whole }]);
      expect(await under.series.buckets({ ...range, metric: 'open', bucketMs: MINUTE })).toMatchObject([{ avg: 1, count: 1 }]);
      expect(await under.series.buckets({ ...range, metric: 'note', bucketMs: MINUTE })).toEqual([]);
    });

    it('corrects the rollups by late readings and leaves duplicates out of them', async () => {
      await write(at(NOON + 2000, 20));
      expect(await write(at(NOON + 1000, 50), at(NOON + 2000, 99))).toMatchObject([{ stored: 1, late: 1 }, { duplicates: 1, late: 0 }]);
      const corrected = { min: 20, max: 50, avg: 35, sum: 70, count: 2, first: 50, last: 20 };
      for (const bucketMs of [MINUTE, 60 * MINUTE, DAY]) {
        expect(await under.series.buckets({ ...range, bucketMs })).toMatchObject([corrected]);
      }
    });

    it('puts together buckets of several minutes, aligned to the epoch', async () => {
      await write(at(NOON + 14 * MINUTE, 1), at(NOON + 15 * MINUTE, 2), at(NOON + 29 * MINUTE, 4));
      const buckets = await under.series.buckets({ ...range, from: NOON + 20 * MINUTE, bucketMs: 15 * MINUTE });
      expect(buckets).toEqual([{ from: NOON + 15 * MINUTE, min: 2, max: 4, avg: 3, sum: 6, count: 2, first: 2, last: 4 }]);
    });

    it('refuses buckets that are not whole minutes', async () => {
      await expect(under.series.buckets({ ...range, bucketMs: 1500 })).rejects.toMatchObject({ code: 'BUCKET_NOT_SUPPORTED' });
    });

    it('knows the newest value of every metric, and is not misled by a late one', async () => {
      await write(at(NOON, 20), at(NOON - MINUTE, 10), telemetry({ deviceId: OTHER, readings: [{ ts: 5, values: { open: false } }] }));
      expect(await under.series.latest([DEVICE, OTHER])).toEqual([
        { deviceId: DEVICE, metric: 'temperature', ts: NOON, value: 20 },
        { deviceId: OTHER, metric: 'open', ts: 5, value: false },
      ]);
    });

    it('counts received, stored, duplicates and refused per device and minute', async () => {
      await write(at(NOON, 1), at(NOON, 1), at(NOON + 1, 2, { receivedAt: NOON + MINUTE }));
      await under.series.countRefused({ ...batch([{ deviceId: DEVICE, receivedAt: NOON + 5 }, { deviceId: null, receivedAt: NOON }]), topic: 'telemetry.refused' });
      const all = { from: NOON, to: NOON + DAY, limit: 10 };
      const rows = [
        { deviceId: DEVICE, minute: NOON, received: 3, stored: 1, duplicates: 1, refused: 1 },
        { deviceId: null, minute: NOON, received: 1, stored: 0, duplicates: 0, refused: 1 },
        { deviceId: DEVICE, minute: NOON + MINUTE, received: 1, stored: 1, duplicates: 0, refused: 0 },
      ];
      expect(await under.series.counts(all)).toEqual(rows);
      expect(await under.series.counts({ ...all, after: { minute: NOON, deviceId: null } })).toEqual(rows.slice(2));
      expect(await under.series.counts({ ...all, deviceIds: [OTHER] })).toEqual([]);
    });

    it('forgets a device, and nothing else', async () => {
      await write(at(NOON - DAY, 1), at(NOON, 2), telemetry({ readings: [{ ts: NOON, values: { note: 'x' } }] }), at(NOON, 7, { deviceId: OTHER }));
      for (const series of [under.series, under.second]) await series.forget({ deviceId: DEVICE, from: null, to: null });
      expect(await under.series.points(range)).toEqual([]);
      for (const bucketMs of [MINUTE, 60 * MINUTE, DAY]) expect(await under.series.buckets({ ...range, from: NOON - 3 * DAY, bucketMs })).toEqual([]);
      expect(await under.series.latest([DEVICE, OTHER])).toEqual([{ deviceId: OTHER, metric: 'temperature', ts: NOON, value: 7 }]);
      expect(await under.series.buckets({ ...range, deviceId: OTHER, bucketMs: DAY })).toMatchObject([{ sum: 7, count: 1 }]);
    });

    it('stores nothing of what was forgotten that comes later, and counts its messages', async () => {
      await under.series.forget({ deviceId: DEVICE, from: null, to: NOON });
      expect(await write(at(NOON - 1, 1), at(NOON, 2), telemetry({ readings: [] }))).toMatchObject([{ stored: 0, duplicates: 0 }, { stored: 1 }, { stored: 0 }]);
      expect(await under.series.points(range)).toEqual([{ ts: NOON, value: 2 }]);
      const [count] = await under.series.counts({ from: NOON - DAY, to: NOON + DAY, limit: 10 });
      expect(count).toMatchObject({ received: 3, stored: 1, duplicates: 2, refused: 0 });
    });

    it('forgets a time of a device, and keeps what was before and after in every bucket', async () => {
      await write(at(NOON, 1), at(NOON + 10_000, 20), at(NOON + 20_000, 300), at(NOON + 2 * DAY, 4));
      await under.series.forget({ deviceId: DEVICE, from: NOON + 5_000, to: NOON + 15_000 });
      expect((await under.series.points({ ...range, to: NOON + 3 * DAY })).map(({ value }) => value)).toEqual([1, 300, 4]);
      for (const bucketMs of [MINUTE, 60 * MINUTE, DAY]) {
        expect(await under.series.buckets({ ...range, to: NOON + 3 * DAY, bucketMs })).toMatchObject([
          { min: 1, max: 300, sum: 301, count: 2, first: 1, last: 300 },
          { sum: 4, count: 1 },
        ]);
      }
      await under.series.forget({ deviceId: DEVICE, from: NOON + DAY, to: null });
      expect(await under.series.latest([DEVICE])).toEqual([{ deviceId: DEVICE, metric: 'temperature', ts: NOON + 20_000, value: 300 }]);
    });

    it('forgets while others write, whoever is first', async () => {
      const written = Array.from({ length: 20 }, (_, index) => ({ ...batch([at(NOON + index, index), at(NOON, index, { deviceId: OTHER })]), partition: index }));
      await Promise.all([...written.map((one, index) => (index % 2 === 0 ? under.series : under.second).write(one)), under.second.forget({ deviceId: DEVICE, from: null, to: null })]);
      expect(await under.series.points(range)).toEqual([]);
      expect(await under.series.points({ ...range, deviceId: OTHER })).toHaveLength(1);
    });

    it('takes days of any year from several writers at once', async () => {
      const days = [Date.UTC(2013, 6, 4), Date.UTC(2014, 1, 28), Date.UTC(2024, 1, 29, 23, 59)];
      const partition = (index: number): ConsumedBatch<TelemetryMessage> => ({
        topic: 'telemetry.readings',
        partition: index,
        records: days.map((ts, offset) => ({ offset, value: at(ts + index, index) })),
      });
      await Promise.all([1, 2, 3, 4].map((index) => (index % 2 === 0 ? under.series : under.second).write(partition(index))));
      expect(await under.series.points({ ...range, from: 0 })).toHaveLength(12);
    });
  });
}
