import { Inject, Injectable } from '@nestjs/common';
import type { AlertView, CaseView, DeviceView, Snapshot, StaffWorkload } from '@brain/contracts';
import { Database } from '@brain/service-kit';
import type { QueryResultRow } from 'pg';
import type { CaseNow } from '../read-tables/domain/case-view.js';
import type { Subscription } from './domain/subscription.js';

/** `$1` is the list of areas, null for everywhere. */
export function within(areaCode: string): string {
  return `($1::text[] IS NULL OR EXISTS (
  SELECT FROM unnest($1::text[]) AS scope
  WHERE ${areaCode} = scope
     OR (starts_with(${areaCode}, scope) AND (length(scope) < 15 OR substr(${areaCode}, length(scope) + 1, 1) = '-'))))`;
}
const WITHIN = within('area_code');

/** The tables as they are at one moment, however long they are read. */
export interface TablesOfMoment {
  read(subscription: Subscription): Promise<Omit<Snapshot, 'seq'>>;
  /** Gives the connection back. */
  end(): Promise<void>;
}

/** Reads the tables behind the screens. */
@Injectable()
export class LiveTables {
  constructor(@Inject(Database) private readonly database: Pick<Database, 'query' | 'pool'>) {}

  /** Resolves once the moment is fixed: what is committed later is not read. */
  async ofThisMoment(): Promise<TablesOfMoment> {
    const client = await this.database.pool.connect();
    try {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      await client.query('SELECT 1'); // the moment is that of the first query, not of BEGIN
    } catch (error) {
      client.release(true);
      throw error;
    }
    const query = async <Row extends QueryResultRow>(text: string, params: readonly unknown[] = []): Promise<Row[]> =>
      (await client.query<Row>(text, [...params])).rows;
    const tables = new LiveTables({ query, pool: this.database.pool });
    return {
      read: (subscription) => tables.snapshot(subscription),
      end: () => client.query('COMMIT').then(() => client.release(), () => client.release(true)),
    };
  }

  async snapshot({ areas, topics }: Subscription): Promise<Omit<Snapshot, 'seq'>> {
    const within = areas[0] === '*' ? null : areas;
    // One after the other: a moment has one connection.
    const alerts = topics.includes('alert') ? await this.openAlerts(within) : [];
    const cases = topics.includes('case') ? await this.openCases(within) : [];
    const workload = topics.includes('workload') ? await this.workloads(within) : [];
    const devices = topics.includes('device') ? await this.devices(within) : [];
    return { alerts, cases, workload, devices };
  }

  alertsById(ids: readonly string[]): Promise<readonly AlertView[]> {
    return this.views('SELECT view FROM alert_now WHERE alert_id = ANY($1)', ids);
  }

  async casesById(ids: readonly string[]): Promise<readonly CaseView[]> {
    return this.cases('case_id = ANY($1)', ids);
  }

  /** The open cases that show one of these people as assignee. */
  openCasesOf(staffIds: readonly string[]): Promise<readonly CaseView[]> {
    return this.cases('open AND case_now.assignee_id = ANY($1)', staffIds);
  }

  devicesById(ids: readonly string[]): Promise<readonly DeviceView[]> {
    return this.views('SELECT view FROM device_now WHERE device_id = ANY($1)', ids);
  }

  workloadsById(ids: readonly string[]): Promise<readonly StaffWorkload[]> {
    return this.views('SELECT view FROM workload_now WHERE staff_id = ANY($1)', ids);
  }

  /** False when a newer one is there already: counts may arrive twice, and out of order after a repeat. */
  async saveWorkload(view: StaffWorkload): Promise<boolean> {
    const rows = await this.database.query(
      `INSERT INTO workload_now (staff_id, area_codes, updated_at, view) VALUES ($1, $2, $3, $4)
       ON CONFLICT (staff_id) DO UPDATE SET area_codes = excluded.area_codes, updated_at = excluded.updated_at, view = excluded.view
       WHERE workload_now.updated_at <= excluded.updated_at RETURNING staff_id`,
      [view.staffId, view.areaCodes, view.updatedAt, JSON.stringify(view)],
    );
    return rows.length > 0;
  }

  private openAlerts(within: readonly string[] | null): Promise<readonly AlertView[]> {
    return this.views(`SELECT view FROM alert_now WHERE open AND ${WITHIN} ORDER BY view->>'raisedAt', alert_id`, within);
  }

  private openCases(within: readonly string[] | null): Promise<readonly CaseView[]> {
    return this.cases(`open AND ${WITHIN}`, within);
  }

  private devices(within: readonly string[] | null): Promise<readonly DeviceView[]> {
    return this.views(`SELECT view FROM device_now WHERE open AND ${WITHIN} ORDER BY device_id`, within);
  }

  /** A person is shown where any of their areas lies within the subscription. */
  private workloads(within: readonly string[] | null): Promise<readonly StaffWorkload[]> {
    return this.views(
      `SELECT view FROM workload_now
       WHERE EXISTS (SELECT FROM unnest(area_codes) AS area_code WHERE ${WITHIN}) ORDER BY staff_id`,
      within,
    );
  }

  private async cases(condition: string, list: readonly string[] | null): Promise<readonly CaseView[]> {
    const rows = await this.database.query<{ view: CaseNow; assignee_name: string | null }>(
      `SELECT view, staff_name.name AS assignee_name
       FROM case_now LEFT JOIN staff_name ON staff_name.staff_id = case_now.assignee_id
       WHERE ${condition} ORDER BY view->>'openedAt', case_id`,
      [list],
    );
    return rows.map((row) => toCaseView(row.view, row.assignee_name));
  }

  private async views<View>(sql: string, list: readonly string[] | null): Promise<readonly View[]> {
    return (await this.database.query<{ view: View }>(sql, [list])).map(({ view }) => view);
  }
}

/** A worker whose name has not arrived yet is shown by id. */
export function toCaseView({ assigneeId, ...view }: CaseNow, name: string | null): CaseView {
  return { ...view, assignee: assigneeId === null ? null : { staffId: assigneeId, name: name ?? assigneeId } };
}
