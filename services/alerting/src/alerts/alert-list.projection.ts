import type { ClientBase } from 'pg';
import { ERASED, ERASED_READING, type AlertView, type StoredEvent } from '@brain/contracts';
import { foldedTable, type FoldedRows, type Projection } from '@brain/event-store';
import { alertCodec } from './alert-codec.js';
import { alertViewAfter } from './alert-view.js';

const WEARER_ERASED = alertCodec.wireName('AlertWearerErased');

const alertRows: FoldedRows<AlertView> = {
  table: 'alert_list',
  key: 'alert_id',
  idOf: (stored) => String(stored.data['alertId']),
  async read(sql, ids) {
    const { rows } = await sql.query<{ alert_id: string; view: AlertView }>('SELECT alert_id, view FROM alert_list WHERE alert_id = ANY ($1)', [ids]);
    return new Map(rows.map((row) => [row.alert_id, row.view]));
  },
  fold: (view, stored) => alertViewAfter(view, alertCodec.decode(stored), stored),
  row: (view) => ({
    alert_id: view.alertId,
    rule_id: view.ruleId,
    device_id: view.deviceId,
    area_code: view.areaCode,
    severity: view.severity,
    state: view.state,
    raised_at: view.raisedAt,
    words: `${view.title} ${view.deviceName} ${view.areaCode}`.toLowerCase(),
    view,
  }),
  besides: { isOf: ({ type }) => type === WEARER_ERASED, write: erasePast },
};

export const alertListProjection: Projection = {
  name: 'alert-list',
  types: alertCodec.types,
  from: 'store',
  ...foldedTable(alertRows),
};

/** What its earlier states told of the wearer goes too: they are then as a replay makes them, without the key. */
async function erasePast(sql: ClientBase, _: StoredEvent, { alert_id: alertId, words }: Readonly<Record<string, unknown>>): Promise<void> {
  const erased = { deviceName: ERASED, location: null, reading: ERASED_READING };
  await sql.query('UPDATE alert_list_past SET words = $2, view = view || $3 WHERE alert_id = $1', [alertId, words, JSON.stringify(erased)]);
}
