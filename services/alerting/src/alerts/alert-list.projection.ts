import type { ClientBase } from 'pg';
import { ERASED, ERASED_READING, type AlertView, type StoredEvent } from '@brain/contracts';
import { foldRows, type FoldedRows, type Projection } from '@brain/event-store';
import { alertCodec } from './alert-codec.js';
import { alertViewAfter } from './alert-view.js';

const WEARER_ERASED = alertCodec.wireName('AlertWearerErased');

export const alertListProjection: Projection = {
  name: 'alert-list',
  tables: ['alert_list'],
  past: ['alert_list'],
  types: alertCodec.types,
  from: 'store',
  apply: (sql, stored) => foldRows(sql, [stored], alertRows, () => Promise.resolve()),
  applyMany: (sql, events, each) => foldRows(sql, events, alertRows, each),
};

const alertRows: FoldedRows<AlertView> = {
  idOf: (stored) => String(stored.data['alertId']),
  async read(sql, ids) {
    const { rows } = await sql.query<{ alert_id: string; view: AlertView }>('SELECT alert_id, view FROM alert_list WHERE alert_id = ANY ($1)', [ids]);
    return new Map(rows.map((row) => [row.alert_id, row.view]));
  },
  fold: (view, stored) => alertViewAfter(view, alertCodec.decode(stored), stored),
  write: save,
};

async function save(sql: ClientBase, view: AlertView, { type }: StoredEvent): Promise<void> {
  await sql.query(
    `INSERT INTO alert_list (alert_id, rule_id, device_id, area_code, severity, state, raised_at, words, view)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (alert_id) DO UPDATE SET state = excluded.state, words = excluded.words, view = excluded.view`,
    [
      view.alertId,
      view.ruleId,
      view.deviceId,
      view.areaCode,
      view.severity,
      view.state,
      view.raisedAt,
      wordsOf(view),
      JSON.stringify(view),
    ],
  );  if (type === WEARER_ERASED) await erasePast(sql, view);
}

/** What its earlier states told of the wearer goes too: they are then as a replay makes them, without the key. */
async function erasePast(sql: ClientBase, view: AlertView): Promise<void> {
  const erased = { deviceName: ERASED, location: null, reading: ERASED_READING };
  await sql.query('UPDATE alert_list_past SET words = $2, view = view || $3 WHERE alert_id = $1', [view.alertId, wordsOf(view), JSON.stringify(erased)]);
}

function wordsOf({ title, deviceName, areaCode }: AlertView): string {
  return `${title} ${deviceName} ${areaCode}`.toLowerCase();
}
