import { Injectable } from '@nestjs/common';
import { Database } from '@brain/service-kit';
import { toAuditEvent, type AuditEvent, type AuditEventRow } from './audit-event.js';
import type { AuditScope } from './audit-scope.js';

const STREAM_PAGE = 500;

export interface AuditFilter {
  /** When it happened: inclusive from, exclusive to. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly type?: string | undefined;
  readonly subject?: string | undefined;
  readonly area?: string | undefined;
  readonly actor?: string | undefined;
}

const within = (parameter: string) => `EXISTS (
  SELECT FROM unnest(${parameter}::text[]) AS scope
  WHERE area_code = scope
     OR (starts_with(area_code, scope) AND (length(scope) < 15 OR substr(area_code, length(scope) + 1, 1) = '-')))`;

/** `$1` position, `$2` limit, `$3` areas of the scope or null, `$4` may read events without an area, then the filters. */
const PAGE = `
  SELECT * FROM audit_event
  WHERE position > $1
    AND CASE WHEN area_code IS NULL THEN $4::boolean ELSE $3::text[] IS NULL OR ${within('$3')} END
    AND ($5::timestamptz IS NULL OR time >= $5)
    AND ($6::timestamptz IS NULL OR time < $6)
    AND ($7::text IS NULL OR type = $7)
    AND ($8::text IS NULL OR stream_id = $8)
    AND ($9::text IS NULL OR actor_id = $9)
    AND ($10::text IS NULL OR ${within('ARRAY[$10]')})
  ORDER BY position LIMIT $2`;

/** Reads the audit table in store order. */
@Injectable()
export class AuditEvents {
  constructor(private readonly database: Database) {}

  async page(filter: AuditFilter, scope: AuditScope, after: string, limit: number): Promise<readonly AuditEvent[]> {
    const { from, to, type, subject, actor, area } = filter;
    const filters = [from, to, type, subject, actor, area].map((value) => value ?? null);
    const rows = await this.database.query<AuditEventRow>(PAGE, [after, limit, scope.areas, scope.withoutArea, ...filters]);
    return rows.map(toAuditEvent);
  }

  /** All of them, or at most `limit`, a page of memory at a time. */
  async *stream(filter: AuditFilter, scope: AuditScope, after: string, limit = Infinity): AsyncIterable<AuditEvent> {
    let position = after;
    let left = limit;
    while (left > 0) {
      const events = await this.page(filter, scope, position, Math.min(left, STREAM_PAGE));
      yield* events;
      const last = events.at(-1);
      if (last === undefined || events.length < STREAM_PAGE) return;
      position = last.position;
      left -= events.length;
    }
  }

  async byId(eventId: string): Promise<AuditEvent | undefined> {
    const [row] = await this.database.query<AuditEventRow>('SELECT * FROM audit_event WHERE event_id = $1', [eventId]);
    return row && toAuditEvent(row);
  }
}
