import type { AlertView } from '@brain/contracts';
import type { Projection } from '@brain/event-store';
import { alertCodec } from './alert-codec.js';
import { alertViewAfter } from './alert-view.js';

export const alertListProjection: Projection = {
  name: 'alert-list',
  tables: ['alert_list'],
  past: ['alert_list'],
  types: alertCodec.types,
  from: 'store',
  async apply(sql, stored) {
    const event = alertCodec.decode(stored);
    const { rows } = await sql.query<{ view: AlertView }>('SELECT view FROM alert_list WHERE alert_id = $1', [event.data.alertId]);
    const view = alertViewAfter(rows[0]?.view, event, stored);
    if (view === undefined) return;
    await sql.query(
      `INSERT INTO alert_list (alert_id, rule_id, device_id, area_code, severity, state, raised_at, words, view)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (alert_id) DO UPDATE SET state = excluded.state, view = excluded.view`,
      [
        view.alertId,
        view.ruleId,
        view.deviceId,
        view.areaCode,
        view.severity,
        view.state,
        view.raisedAt,
        `${view.title} ${view.deviceName} ${view.areaCode}`.toLowerCase(),
        JSON.stringify(view),
      ],
    );
  },
};
