import { isWithinArea, SEVERITIES, type AlertState, type AlertView } from '@brain/contracts';
import { isOpenAlert, isUnacknowledged } from '../live/live-collections.js';

const URGENCY: Readonly<Record<AlertState, number>> = { ACTIVE_UNACK: 0, ACTIVE_ACK: 1, CLEARED_UNACK: 2, CLEARED_ACK: 3 };

export interface FeedFilter {
  readonly area: string | null;
  readonly unacknowledgedOnly: boolean;
}

/** Active and unacknowledged, active and acknowledged, recovered; in each the worst before the newest. */
export function feedOrder(alerts: Iterable<AlertView>, { area, unacknowledgedOnly }: FeedFilter): AlertView[] {
  return [...alerts]
    .filter((alert) => isOpenAlert(alert) && (area === null || isWithinArea(alert.areaCode, area)))
    .filter((alert) => !unacknowledgedOnly || isUnacknowledged(alert))
    .sort(
      (a, b) =>
        URGENCY[a.state] - URGENCY[b.state] ||
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
        b.raisedAt.localeCompare(a.raisedAt) ||
        a.alertId.localeCompare(b.alertId),
    );
}

/** The row above or below the selected one; the first when none is. */
export function neighbour(alerts: readonly AlertView[], selected: string | null, step: 1 | -1): string | null {
  const at = alerts.findIndex(({ alertId }) => alertId === selected);
  const next = at === -1 ? 0 : Math.min(alerts.length - 1, Math.max(0, at + step));
  return alerts[next]?.alertId ?? null;
}
