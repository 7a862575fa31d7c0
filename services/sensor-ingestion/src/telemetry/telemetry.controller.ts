import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Roles } from '@brain/auth';
import { READERS } from '@brain/contracts';
import { Clock, CurrentRequest, ReadsPersonalData, type RequestContext } from '@brain/service-kit';
import { TIME_SERIES, type Bucket, type LatestValue, type Point, type TimeSeries } from '@brain/time-series';
import { deviceIdParam } from '../devices/device-bodies.schema.js';
import { DeviceRecords } from '../devices/device-records.js';
import { rangeOf, telemetryQuery, type TelemetryQuery } from './telemetry-query.schema.js';

interface Series<Row> {
  readonly deviceId: string;
  readonly metric: string;
  readonly from: number;
  readonly to: number;
  /** There is more after the last row: ask again from there. */
  readonly truncated: boolean;
  readonly rows: readonly Row[];
}

type Answer = (Omit<Series<Point>, 'rows'> & { readonly points: readonly Point[] }) | (Omit<Series<Bucket>, 'rows'> & { readonly bucketMs: number; readonly buckets: readonly Bucket[] });

/** All times are milliseconds since 1970. */
@Controller('api/telemetry')
@Roles(...READERS.reading)
export class TelemetryController {
  constructor(
    @Inject(TIME_SERIES) private readonly series: TimeSeries,
    private readonly devices: DeviceRecords,
    private readonly clock: Clock,
  ) {}

  @Get(':deviceId')
  @ReadsPersonalData('device')
  async find(
    @CurrentRequest() { actor }: RequestContext,
    @Param('deviceId', { schema: deviceIdParam }) deviceId: string,
    @Query({ schema: telemetryQuery }) query: TelemetryQuery,
  ): Promise<Answer> {
    await this.devices.get(actor, deviceId);
    const { metric, limit, bucket: bucketMs } = query;
    const range = { deviceId, metric, ...rangeOf(query, this.clock.millis()) };
    if (bucketMs === undefined) {
      const points = await this.series.points({ ...range, limit: limit + 1 });
      return { ...range, truncated: points.length > limit, points: points.slice(0, limit) };
    }
    const buckets = await this.series.buckets({ ...range, bucketMs, limit: limit + 1 });
    return { ...range, bucketMs, truncated: buckets.length > limit, buckets: buckets.slice(0, limit) };
  }

  @Get(':deviceId/latest')
  @ReadsPersonalData('device')
  async latest(
    @CurrentRequest() { actor }: RequestContext,
    @Param('deviceId', { schema: deviceIdParam }) deviceId: string,
  ): Promise<{ readonly deviceId: string; readonly items: readonly Omit<LatestValue, 'deviceId'>[] }> {
    await this.devices.get(actor, deviceId);
    const values = await this.series.latest([deviceId]);
    return { deviceId, items: values.map(({ metric, ts, value }) => ({ metric, ts, value })) };
  }
}
