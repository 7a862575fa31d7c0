import { Injectable } from '@nestjs/common';
import type { ClientBase } from 'pg';
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
  /** Aborts when nobody waits for it any more. */
  readonly gone: AbortSignal;
}

/** Reads the audit table in store order, forwards or backwards. */
@Injectable()
export class AuditEvents {
  constructor(private readonly database: Database) {}

  async page(filter: AuditFilter, scope: AuditScope, { after, order, limit, gone }: Reading): Promise<readonly AuditEvent[]> {
    const where = new AuditConditions(await this.withCaseId(filter), scope);
    if (after !== undefined) where.add(`position ${order === 'asc' ? '>' : '<'} ${where.bind(after)}`);
    const rows = await this.database.whileWanted(gone, (client) => (where.isUnordered ? foundThenOrdered(client, where, order, limit) : rowsOf(client, inOrder(where, order, limit))));
    return rows.map(toAuditEvent);
  }

  /** All of them, or at most `limit`, a page of memory at a time. */
  async *stream(filter: AuditFilter, scope: AuditScope, { after, order, limit, gone }: Reading): AsyncIterable<AuditEvent> {
    let position = after;
    let left = limit;
    while (left > 0) {
      const size = Math.min(left, STREAM_PAGE);
      const events = await this.page(filter, scope, { after: position, order, limit: size, gone });
      yield* events;
      if (events.length < size) return;
      position = events.at(-1)?.position;
      left -= events.length;
    }
  }

  async count(filter: AuditFilter, scope: AuditScope, gone: AbortSignal): Promise<EventCount> {
    const where = new AuditConditions(await this.withCaseId(filter), scope);
    const sql = `SELECT count(*)::int AS count FROM (SELECT FROM audit_event WHERE ${where.sql} LIMIT ${where.bind(COUNT_UP_TO + 1)}) AS found`;
    const [row] = await this.database.queryWhileWanted<{ count: number }>(gone, sql, where.values);
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

type Query = readonly [sql: string, values: readonly unknown[]];

async function rowsOf(client: ClientBase, [sql, values]: Query): Promise<readonly AuditEventRow[]> {
  return (await client.query<AuditEventRow>(sql, [...values])).rows;
}

/** Few are sorted; many are met soon enough when the record is read in its order. */
async function foundThenOrdered(client: ClientBase, where: AuditConditions, order: AuditOrder, limit: number): Promise<readonly AuditEventRow[]> {
  const { rows } = await client.query<AuditEventRow & { readonly found: number }>(
    `WITH found AS MATERIALIZED (SELECT position FROM audit_event WHERE ${where.sql} LIMIT ${String(FEW + 1)})
     SELECT ${EVENT}, (SELECT count(*)::int FROM found) AS found FROM audit_event JOIN found USING (position)
     ORDER BY position ${order} LIMIT $${String(where.values.length + 1)}`,
    [...where.values, limit],
  );
  const [first] = rows;
  if (first === undefined || first.found <= FEW) return rows;
  await client.query('BEGIN; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off');
  const ordered = await rowsOf(client, inOrder(where, order, limit));
  await client.query('COMMIT');
  return ordered;
}

function inOrder(where: AuditConditions, order: AuditOrder, limit: number): Query {
  return [`SELECT ${EVENT} FROM audit_event WHERE ${where.sql} ORDER BY position ${order} LIMIT $${String(where.values.length + 1)}`, [...where.values, limit]];
}
