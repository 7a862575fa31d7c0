import { Injectable } from '@nestjs/common';
import { Database } from '@brain/service-kit';
import type { AuditEvent, EventCount } from '@brain/contracts';
import { AuditConditions, isId } from './audit-conditions.js';
import { LEAF_OF_EVENT } from '../log/leaf-of-event.sql.js';
import { toAuditEvent, type AuditEventRow } from './audit-event.js';
import type { AuditFilter } from './audit-filter.js';
import type { AuditScope } from './audit-scope.js';

/** An event with its place in the log. */
const EVENT = `audit_event.*, ${LEAF_OF_EVENT} AS leaf_index`;
const STREAM_PAGE = 500;
/** Counting further would cost more than knowing it is worth. */
const COUNT_UP_TO = 100_000;

const FEW = 5_000;
const NO_CASE = '00000000-0000-0000-0000-000000000000';

/** Oldest first is the order of the store. */
export type AuditOrder = 'asc' | 'desc';

/** How a search is read: from where on, in which order, how much of it. */
export interface Reading {
  /** The position of the last event seen; undefined: from the beginning. */
  readonly after: string | undefined;
  readonly order: AuditOrder;
  readonly limit: number;
}

/** Reads the audit table in store order, forwards or backwards. */
@Injectable()
export class AuditEvents {
  constructor(private readonly database: Database) {}

  async page(filter: AuditFilter, scope: AuditScope, { after, order, limit }: Reading): Promise<readonly AuditEvent[]> {
    const where = new AuditConditions(await this.withCaseId(filter), scope);
    if (after !== undefined) where.add(`position ${order === 'asc' ? '>' : '<'} ${where.bind(after)}`);
    const rows = where.isUnordered ? await this.foundThenOrdered(where, order, limit) : await this.database.query<AuditEventRow>(...inOrder(where, order, limit));
    return rows.map(toAuditEvent);
  }

  /** Few are sorted; many are met soon enough when the record is read in its order. */
  private async foundThenOrdered(where: AuditConditions, order: AuditOrder, limit: number): Promise<readonly AuditEventRow[]> {
    const rows = await this.database.query<AuditEventRow & { readonly found: number }>(
      `WITH found AS MATERIALIZED (SELECT position FROM audit_event WHERE ${where.sql} LIMIT ${String(FEW + 1)})
       SELECT ${EVENT}, (SELECT count(*)::int FROM found) AS found FROM audit_event JOIN found USING (position)
       ORDER BY position ${order} LIMIT $${String(where.values.length + 1)}`,
      [...where.values, limit],
    );
    const [first] = rows;
    if (first === undefined || first.found <= FEW) return rows;
    return this.database.transaction(async (client) => {
      await client.query('SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off');
      return (await client.query<AuditEventRow>(...inOrder(where, order, limit))).rows;
    });
  }

  /** All of them, or at most `limit`, a page of memory at a time. */
  async *stream(filter: AuditFilter, scope: AuditScope, { after, order, limit }: Reading): AsyncIterable<AuditEvent> {
    let position = after;
    let left = limit;
    while (left > 0) {
      const size = Math.min(left, STREAM_PAGE);
      const events = await this.page(filter, scope, { after: position, order, limit: size });
      yield* events;
      if (events.length < size) return;
      position = events.at(-1)?.position;
      left -= events.length;
    }
  }

  async count(filter: AuditFilter, scope: AuditScope): Promise<EventCount> {
    const where = new AuditConditions(await this.withCaseId(filter), scope);
    const sql = `SELECT count(*)::int AS count FROM (SELECT FROM audit_event WHERE ${where.sql} LIMIT ${where.bind(COUNT_UP_TO + 1)}) AS found`;
    const [row] = await this.database.query<{ count: number }>(sql, where.values);
    const count = row?.count ?? 0;
    return { count: Math.min(count, COUNT_UP_TO), exact: count <= COUNT_UP_TO };
  }

  /** A case is known by its number too; a number that no case has finds nothing. */
  async withCaseId(filter: AuditFilter): Promise<AuditFilter> {
    if (filter.case === undefined || isId(filter.case)) return filter;
    const [found] = await this.database.query<{ id: string }>(
      `SELECT data ->> 'caseId' AS id FROM audit_event WHERE type = 'case-management.case-reported.v1' AND data ->> 'number' = $1`,
      [filter.case],
    );
    return { ...filter, case: found?.id ?? NO_CASE };
  }

  async byId(eventId: string): Promise<AuditEvent | undefined> {
    const [row] = await this.database.query<AuditEventRow>(`SELECT ${EVENT} FROM audit_event WHERE event_id = $1`, [eventId]);
    return row && toAuditEvent(row);
  }
}

function inOrder(where: AuditConditions, order: AuditOrder, limit: number): [sql: string, values: unknown[]] {
  const sql = `SELECT ${EVENT} FROM audit_event WHERE ${where.sql} ORDER BY position ${order} LIMIT $${String(where.values.length + 1)}`;
  return [sql, [...where.values, limit]];
}
