import type { AlertView } from '@brain/contracts';
import { upsertAlerts } from '../live/live-collections.js';
import { live } from '../live/live-feed.js';
import type { Page } from './page.js';
import { request, type QueryValue } from './request.js';

export async function listAlerts(query: Readonly<Record<string, QueryValue>>): Promise<Page<AlertView>> {
  return (await request('/api/alerts', { query })) as Page<AlertView>;
}

export async function getAlert(alertId: string): Promise<AlertView> {
  return (await request(`/api/alerts/${alertId}`)) as AlertView;
}

export type AlertCommand =
  | { readonly command: 'acknowledge' }
  | { readonly command: 'clear'; readonly reason: string }
  | { readonly command: 'comment'; readonly text: string };

/** No `If-Match`: an alert that counts up while the operator reads it is still the one she means. */
export async function commandAlert(alertId: string, { command, ...body }: AlertCommand): Promise<void> {
  learn(await request(`/api/alerts/${alertId}/${command}`, { method: 'POST', body }));
}

/** Shows the answer at once; the same change on the socket then changes nothing. */
function learn(answer: unknown): void {
  const view = answer as AlertView | null;
  if (view?.alertId === undefined) return;
  const state = live.get();
  if (state.alerts.has(view.alertId)) live.set({ ...state, alerts: upsertAlerts(state.alerts, [view]) });
}
