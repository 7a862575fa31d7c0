import { SEVERITIES, type AlertView, type Severity } from '@brain/contracts';
import { isOpenAlert } from '../live/live-collections.js';

export interface CommunityCount {
  readonly count: number;
  readonly worst: Severity;
}

/** Open alerts per community (the first 12 digits): how many, and the worst of them. */
export function countByCommunity(alerts: Iterable<AlertView>): ReadonlyMap<string, CommunityCount> {
  const counts = new Map<string, CommunityCount>();
  for (const alert of alerts) {
    if (!isOpenAlert(alert)) continue;
    const code = alert.areaCode.slice(0, 12);
    const known = counts.get(code);
    counts.set(code, { count: (known?.count ?? 0) + 1, worst: worse(alert.severity, known?.worst) });
  }
  return counts;
}

function worse(a: Severity, b: Severity | undefined): Severity {
  return b === undefined || SEVERITIES.indexOf(a) < SEVERITIES.indexOf(b) ? a : b;
}
