import { Injectable } from '@nestjs/common';
import { ALERT_STATES, SEVERITIES, anyInstant, areaCode, type AlertView } from '@brain/contracts';
import { Database, decodeCursor, listQuery, page, type Page } from '@brain/service-kit';
import { z } from 'zod';
import { areaPatterns } from './area-patterns.js';

/** One value or several, `state=A&state=B` or `state=A,B`. */
const several = <Value extends string>(values: readonly [Value, ...Value[]]) =>
  z.preprocess(
    (given) => (typeof given === 'string' ? given.split(',') : given),
    z.array(z.enum(values)).min(1).max(values.length),
  );

export const alertListQuery = listQuery.extend({
  state: several(ALERT_STATES).optional(),
  severity: several(SEVERITIES).optional(),
  areaCode: areaCode.optional(),
  deviceId: z.uuid().optional(),
  ruleId: z.uuid().optional(),
  from: anyInstant.optional(),
  to: anyInstant.optional(),
  q: z.string().trim().min(1).max(100).optional(),
});
export type AlertListQuery = z.infer<typeof alertListQuery>;

/** Alerts, newest first, of the areas the caller may see. */
@Injectable()
export class AlertList {
  constructor(private readonly database: Database) {}

  async find(query: AlertListQuery, areas: readonly string[] | 'all'): Promise<Page<AlertView>> {
    const conditions = new Conditions();
    if (areas !== 'all') conditions.add('area_code LIKE ANY($)', areaPatterns(areas));
    if (query.areaCode !== undefined) conditions.add('area_code LIKE ANY($)', areaPatterns([query.areaCode]));
    if (query.state !== undefined) conditions.add('state = ANY($)', query.state);
    if (query.severity !== undefined) conditions.add('severity = ANY($)', query.severity);
    if (query.deviceId !== undefined) conditions.add('device_id = $', query.deviceId);
    if (query.ruleId !== undefined) conditions.add('rule_id = $', query.ruleId);
    if (query.from !== undefined) conditions.add('raised_at >= $', query.from);
    if (query.to !== undefined) conditions.add('raised_at < $', query.to);
    if (query.q !== undefined) conditions.add('strpos(words, $) > 0', query.q.toLowerCase());
    const after = decodeCursor(query.cursor, 2);
    if (after !== undefined) conditions.add('(raised_at, alert_id) < ($, $::uuid)', ...after.map(String));

    const rows = await this.database.query<{ view: AlertView }>(
      `SELECT view FROM alert_list ${conditions.where()} ORDER BY raised_at DESC, alert_id DESC LIMIT ${String(query.limit + 1)}`,
      conditions.params,
    );
    return page(rows.map(({ view }) => view), query.limit, (view) => [view.raisedAt, view.alertId]);
  }

  async one(alertId: string): Promise<AlertView | undefined> {
    const [row] = await this.database.query<{ view: AlertView }>('SELECT view FROM alert_list WHERE alert_id = $1', [alertId]);
    return row?.view;
  }

  /** Those that tell of the wearer of a device. */
  async ofWearer(wearerId: string): Promise<readonly AlertView[]> {
    const rows = await this.database.query<{ view: AlertView }>("SELECT view FROM alert_list WHERE view ->> 'wearerId' = $1", [wearerId]);
    return rows.map(({ view }) => view);
  }

  async activeOfRule(ruleId: string): Promise<readonly AlertView[]> {
    const rows = await this.database.query<{ view: AlertView }>(
      "SELECT view FROM alert_list WHERE rule_id = $1 AND state LIKE 'ACTIVE%'",
      [ruleId],
    );
    return rows.map(({ view }) => view);
  }
}

/** Conditions with numbered parameters: each `$` stands for the next one. */
class Conditions {
  readonly params: unknown[] = [];
  private readonly texts: string[] = [];

  add(text: string, ...params: readonly unknown[]): void {
    const values = [...params];
    this.texts.push(text.replace(/\$/g, () => `$${String(this.params.push(values.shift()))}`));
  }

  where(): string {
    return this.texts.length === 0 ? '' : `WHERE ${this.texts.join(' AND ')}`;
  }
}
