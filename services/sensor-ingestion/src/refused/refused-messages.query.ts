import { Injectable } from '@nestjs/common';
import type { RefusedMessage } from '@brain/contracts';
import type { Actor } from '@brain/auth';
import { Database, decodeCursor, page, type Page } from '@brain/service-kit';
import { scopesOf, withinAreas } from '../areas/area-condition.js';

export interface RefusedFilter {
  readonly deviceId?: string | undefined;
  readonly code?: string | undefined;
  readonly areaCode?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** As listed: times in ISO 8601, the payload's first 4 KiB in base64. */
export interface RefusedView extends Omit<RefusedMessage, 'receivedAt'> {
  readonly receivedAt: string;
}

const ADD = `
  INSERT INTO refused_message (refusal_id, received_at, device_id, area_code, topic, code, detail, path, payload, size_bytes, correlation_id)
  SELECT r."refusalId", to_timestamp(r."receivedAt" / 1000.0), r."deviceId", r."areaCode", r.topic, r.code, r.detail, r.path,
         decode(r.payload, 'base64'), r."sizeBytes", r."correlationId"
  FROM jsonb_to_recordset($1::jsonb) AS r("refusalId" uuid, "receivedAt" bigint, "deviceId" uuid, "wearerId" uuid, "areaCode" text, topic text,
         code text, detail text, path text, payload text, "sizeBytes" integer, "correlationId" text)
  WHERE NOT EXISTS (SELECT FROM erased_person WHERE person_id = r."wearerId")
  ON CONFLICT DO NOTHING`;

const FIND = `
  SELECT refusal_id AS "refusalId", device_id AS "deviceId", area_code AS "areaCode", topic, code, detail, path,
         translate(encode(payload, 'base64'), E'\\n', '') AS payload, size_bytes AS "sizeBytes", correlation_id AS "correlationId",
         to_char(received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "receivedAt"
  FROM refused_message
  WHERE ${withinAreas('area_code', 1)} AND ${withinAreas('area_code', 2)}
    AND ($3::uuid IS NULL OR device_id = $3) AND ($4::text IS NULL OR code = $4)
    AND ($5::timestamptz IS NULL OR (received_at, refusal_id) < ($5, $6::uuid))
  ORDER BY received_at DESC, refusal_id DESC
  LIMIT $7`;

const DELETE_BEFORE = `
  DELETE FROM refused_message WHERE refusal_id IN (
    SELECT refusal_id FROM refused_message WHERE received_at < $1 ORDER BY received_at LIMIT $2
  ) RETURNING refusal_id`;

const DELETE_OF_DEVICE = `
  DELETE FROM refused_message
  WHERE device_id = $1 AND ($2::bigint IS NULL OR received_at >= to_timestamp($2 / 1000.0)) AND ($3::bigint IS NULL OR received_at < to_timestamp($3 / 1000.0))`;

@Injectable()
export class RefusedMessages {
  constructor(private readonly database: Database) {}

  /** What came from the device in that time (ms, null: without end). */
  async deleteOf(deviceId: string, { from, to }: { readonly from: number | null; readonly to: number | null }): Promise<void> {
    await this.database.query(DELETE_OF_DEVICE, [deviceId, from, to]);
  }

  /** Those of wearers who were erased meanwhile are left out. */
  async add(messages: readonly RefusedMessage[]): Promise<void> {
    await this.database.query(ADD, [JSON.stringify(messages)]);
  }

  /** The oldest ones, at most `limit`; answers how many. */
  async deleteBefore(instant: string, limit: number): Promise<number> {
    return (await this.database.query(DELETE_BEFORE, [instant, limit])).length;
  }

  /** Newest first. Those of no known area are for actors without an area limit. */
  async find(actor: Actor, { deviceId, code, areaCode, limit, cursor }: RefusedFilter): Promise<Page<RefusedView>> {
    const after = decodeCursor(cursor, 2);
    const rows = await this.database.query<RefusedView>(FIND, [
      scopesOf(actor),
      areaCode === undefined ? null : [areaCode],
      deviceId ?? null,
      code ?? null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      limit + 1,
    ]);
    return page(rows, limit, ({ receivedAt, refusalId }) => [receivedAt, refusalId]);
  }
}
