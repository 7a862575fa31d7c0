import type { DeviceView, MetricValue } from '@brain/contracts';
import type { Page } from './page.js';
import { request, type QueryValue } from './request.js';

export async function listDevices(query: Readonly<Record<string, QueryValue>>): Promise<Page<DeviceView>> {
  return (await request('/api/devices', { query })) as Page<DeviceView>;
}

export async function getDevice(deviceId: string): Promise<DeviceView> {
  return (await request(`/api/devices/${deviceId}`)) as DeviceView;
}

/** One point of a chart: a raw value, or a bucket's average with its least and greatest. */
export interface ChartPoint {
  readonly at: number;
  readonly value: number;
  readonly min: number;
  readonly max: number;
}

export interface SeriesQuery {
  readonly deviceId: string;
  readonly metric: string;
  readonly from: number;
  readonly to: number;
  /** ISO 8601 duration; null: the readings as they came. */
  readonly bucket: string | null;
}

type RawPoint = { readonly ts: number; readonly value: MetricValue };
type RawBucket = { readonly from: number; readonly min: number; readonly max: number; readonly avg: number };

export async function fetchSeries({ deviceId, metric, from, to, bucket }: SeriesQuery): Promise<readonly ChartPoint[]> {
  const answer = await request(`/api/telemetry/${deviceId}`, {
    query: { metric, from, to, bucket },
  });
  const { points = [], buckets = [] } = answer as { points?: readonly RawPoint[]; buckets?: readonly RawBucket[] };
  return [...points, ...buckets].flatMap(chartPoint);
}

function chartPoint(point: RawPoint | RawBucket): ChartPoint[] {
  if ('avg' in point) return [{ at: point.from, value: point.avg, min: point.min, max: point.max }];
  const value = typeof point.value === 'boolean' ? Number(point.value) : point.value;
  return typeof value === 'number' ? [{ at: point.ts, value, min: value, max: value }] : [];
}
