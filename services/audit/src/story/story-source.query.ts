import { Injectable } from '@nestjs/common';
import { alertRecurredV1, caseReportedV1, type AuditEvent } from '@brain/contracts';
import { wireNameOf } from '@brain/event-store';
import { Database } from '@brain/service-kit';
import { toAuditEvent, type AuditEventRow } from '../events/audit-event.js';
import type { Step, StorySource } from './story-source.js';

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const CASE_REPORTED = wireNameOf(caseReportedV1);
/** An alert may recur ten thousand times: a story says how many steps it leaves out instead. */
const LEFT_OUT = wireNameOf(alertRecurredV1);

/** Word for word the condition of the index. */
const IS_REFUSAL = "split_part(type, '.', 2) = 'command-refused'";

/** Of the data only what a story is made of: a boundary or an evaluation may be megabytes. */
const COLUMNS = `event_id, type, stream_id, revision, position, source, area_code, actor_type, actor_id, time, recorded_at, correlation_id,
  causation_id, jsonb_build_object('reading', data -> 'reading', 'deviceId', data -> 'deviceId', 'deviceName', data -> 'deviceName', 'source',
  data -> 'source', 'alertId', data -> 'alertId', 'ruleId', data -> 'ruleId', 'ruleRevision', data -> 'ruleRevision',
  'command', data -> 'command', 'target', data -> 'target', 'code', data -> 'code', 'status', data -> 'status') AS data`;

@Injectable()
export class StoryQuery implements StorySource {
  constructor(private readonly database: Database) {}

  byIds(eventIds: readonly string[], limit: number): Promise<readonly AuditEvent[]> {
    return this.select('event_id = ANY ($1::uuid[]) ORDER BY position LIMIT $2', onlyIds(eventIds), limit);
  }

  causedBy(eventIds: readonly string[], limit: number): Promise<readonly AuditEvent[]> {
    return this.select("causation_id = ANY ($1::text[]) AND actor_type <> 'user' ORDER BY position LIMIT $2", eventIds, limit);
  }

  steps(steps: readonly Step[], limit: number): Promise<readonly AuditEvent[]> {
    const wanted = 'SELECT * FROM unnest($1::text[], $2::bigint[])';
    return this.select(`stream_id = ANY ($1::text[]) AND (stream_id, revision) IN (${wanted}) ORDER BY position LIMIT $3`, ...columnsOf(steps), limit);
  }

  before(steps: readonly Step[], limit: number): Promise<readonly AuditEvent[]> {
    return this.around('revision < asked.revision', 'DESC', steps, limit);
  }

  after(steps: readonly Step[], limit: number): Promise<readonly AuditEvent[]> {
    return this.around('revision > asked.revision', 'ASC', steps, limit);
  }

  lastBefore(subject: string, position: string): Promise<readonly AuditEvent[]> {
    return this.select('stream_id = $1 AND position < $2 ORDER BY position DESC LIMIT 1', subject, position);
  }

  refusals(targets: readonly string[], limit: number): Promise<readonly AuditEvent[]> {
    return this.select(`${IS_REFUSAL} AND lower(data ->> 'target') = ANY ($1::text[]) ORDER BY position DESC LIMIT $2`, targets, limit);
  }

  casesNaming(alertIds: readonly string[], limit: number): Promise<readonly AuditEvent[]> {
    return this.select('mentions && $1::uuid[] AND type = $2 ORDER BY position LIMIT $3', onlyIds(alertIds), CASE_REPORTED, limit);
  }

  private async select(where: string, ...values: readonly unknown[]): Promise<readonly AuditEvent[]> {
    const rows = await this.database.query<AuditEventRow>(`SELECT ${COLUMNS} FROM audit_event WHERE ${where}`, values);
    return rows.map(toAuditEvent);
  }

  /** The nearest steps of each stream first, so that a limit cuts off what is furthest away. */
  private async around(condition: string, order: 'ASC' | 'DESC', steps: readonly Step[], limit: number): Promise<readonly AuditEvent[]> {
    const rows = await this.database.query<AuditEventRow>(
      `SELECT near.* FROM unnest($1::text[], $2::bigint[]) AS asked (stream_id, revision) CROSS JOIN LATERAL (
         SELECT ${COLUMNS} FROM audit_event
         WHERE stream_id = asked.stream_id AND ${condition} AND type <> $3 ORDER BY position ${order} LIMIT $4
       ) AS near LIMIT $4`,
      [...columnsOf(steps), LEFT_OUT, limit],
    );
    return rows.map(toAuditEvent).sort((a, b) => (a.position < b.position ? -1 : 1));
  }
}

/** A cause may be anything; an event's id is a UUID. */
function onlyIds(ids: readonly string[]): readonly string[] {
  return ids.filter((id) => ID.test(id));
}

function columnsOf(steps: readonly Step[]): [readonly string[], readonly number[]] {
  return [steps.map(({ subject }) => subject), steps.map(({ revision }) => revision)];
}
