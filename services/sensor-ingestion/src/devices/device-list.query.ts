import { Injectable } from '@nestjs/common';
import type { DeviceView } from '@brain/contracts';
import type { Actor } from '@brain/auth';
import { decodeCursor, Database, page, type Page } from '@brain/service-kit';
import { scopesOf, withinAreas } from '../areas/area-condition.js';

export interface DeviceFilter {
  readonly areaCode?: string | undefined;
  readonly kind?: string | undefined;
  readonly state?: DeviceView['state'] | undefined;
  readonly q?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

interface DeviceRow extends Omit<DeviceView, 'location'> {
  readonly lng: number | null;
  readonly lat: number | null;
}

const SELECT = `
  SELECT device_id AS "deviceId", name, kind, area_code AS "areaCode", lng, lat, wearer_id AS "wearerId", state, online, revision,
         to_char(seen_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "lastSeenAt"
  FROM device_list LEFT JOIN device_seen USING (device_id)`;

@Injectable()
export class DeviceList {
  constructor(private readonly database: Database) {}

  /** By name, of the areas the actor may see. */
  async find(actor: Actor, filter: DeviceFilter): Promise<Page<DeviceView>> {
    const after = decodeCursor(filter.cursor, 2);
    const rows = await this.database.query<DeviceRow>(
      `${SELECT}
       WHERE ${withinAreas('area_code', 1)} AND ${withinAreas('area_code', 2)}
         AND ($3::text IS NULL OR kind = $3) AND ($4::text IS NULL OR state = $4)
         AND ($5::text IS NULL OR strpos(lower(name), lower($5)) > 0 OR device_id::text = lower($5))
         AND ($6::text IS NULL OR (name, device_id) > ($6, $7::uuid))
       ORDER BY name, device_id LIMIT $8`,
      [
        scopesOf(actor),
        filter.areaCode === undefined ? null : [filter.areaCode],
        filter.kind ?? null,
        filter.state ?? null,
        filter.q ?? null,
        after?.[0] ?? null,
        after?.[1] ?? null,
        filter.limit + 1,
      ],
    );
    return page(rows.map(viewOf), filter.limit, ({ name, deviceId }) => [name, deviceId]);
  }

  /** Which of these devices the actor may see; absent: all of them. */
  async idsInScope(actor: Actor): Promise<readonly string[] | undefined> {
    const scopes = scopesOf(actor);
    if (scopes === null) return undefined;
    const rows = await this.database.query<{ deviceId: string }>(
      `SELECT device_id AS "deviceId" FROM device_list WHERE ${withinAreas('area_code', 1)}`,
      [scopes],
    );
    return rows.map(({ deviceId }) => deviceId);
  }
}

function viewOf({ lng, lat, ...row }: DeviceRow): DeviceView {
  return { ...row, location: lng === null || lat === null ? null : { lng, lat } };
}
