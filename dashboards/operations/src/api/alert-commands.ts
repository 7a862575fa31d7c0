import type { AlertView } from '@brain/contracts';
import { upsertAlerts } from '../live/live-collections.js';
import { live } from '../live/live-feed.js';
import type { AlertCommand } from '../room/room.js';
import { request } from './request.js';

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
