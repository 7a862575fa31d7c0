import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Roles } from '@brain/auth';
import { READERS } from '@brain/contracts';
import { Clock, CurrentRequest, decodeCursor, listQuery, page, type Page, type RequestContext } from '@brain/service-kit';
import { TIME_SERIES, type IngestCount, type TimeSeries } from '@brain/time-series';
import { z } from 'zod';
import { DeviceList } from '../devices/device-list.query.js';
import { DeviceRecords } from '../devices/device-records.js';
import { rangeOf, timeRange } from './telemetry-query.schema.js';

const countsQuery = listQuery.extend({ deviceId: z.uuid().optional(), ...timeRange });

@Controller('api/ingestion')
@Roles(...READERS.ingestion)
export class IngestionCountsController {
  constructor(
    @Inject(TIME_SERIES) private readonly series: TimeSeries,
    private readonly records: DeviceRecords,
    private readonly devices: DeviceList,
    private readonly clock: Clock,
  ) {}

  /** Per device and minute: received = stored + duplicates + refused. */
  @Get('counts')
  async counts(@CurrentRequest() { actor }: RequestContext, @Query({ schema: countsQuery }) query: z.infer<typeof countsQuery>): Promise<Page<IngestCount>> {
    const { deviceId, limit, cursor } = query;
    if (deviceId !== undefined) await this.records.get(actor, deviceId);
    const deviceIds = deviceId === undefined ? await this.devices.idsInScope(actor) : [deviceId];
    const after = decodeCursor(cursor, 2);
    const rows = await this.series.counts({
      ...rangeOf(query, this.clock.millis()),
      ...(deviceIds === undefined ? {} : { deviceIds }),
      ...(after === undefined ? {} : { after: { minute: Number(after[0]), deviceId: after[1] === '' ? null : String(after[1]) } }),
      limit: limit + 1,
    });
    return page(rows, limit, (row) => [row.minute, row.deviceId ?? '']);
  }
}
