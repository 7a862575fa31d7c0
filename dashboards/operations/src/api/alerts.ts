import type { AlertView, HistoryEntry } from '@brain/contracts';
import type { Moment } from './past.js';
import type { Page } from './page.js';
import { request, type QueryValue } from './request.js';

export type AlertDetail = AlertView & { readonly history: readonly HistoryEntry[] };

export async function listAlerts(query: Readonly<Record<string, QueryValue>>): Promise<Page<AlertView>> {
  return (await request('/api/alerts', { query })) as Page<AlertView>;
}

export async function getAlert(alertId: string, moment: Moment = {}): Promise<AlertDetail> {
  return (await request(`/api/alerts/${alertId}`, { query: { ...moment } })) as AlertDetail;
}
