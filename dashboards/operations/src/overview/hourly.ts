import { SEVERITIES, type AlertView, type Severity } from '@brain/contracts';

const HOUR = 3_600_000;

export interface Hour {
  readonly from: number;
  readonly counts: Readonly<Record<Severity, number>>;
}

/** Alerts raised in each of the last `hours` whole hours, the running one included, oldest first. */
export function hourly(alerts: Iterable<AlertView>, now: number, hours: number): Hour[] {
  const end = Math.floor(now / HOUR);
  const rows = Array.from({ length: hours }, (_, index) => ({ from: (end - hours + 1 + index) * HOUR, counts: none() }));
  for (const { raisedAt, severity } of alerts) {
    const row = rows[Math.floor(Date.parse(raisedAt) / HOUR) - (end - hours + 1)];
    if (row !== undefined) row.counts[severity] += 1;
  }
  return rows;
}

function none(): Record<Severity, number> {
  return Object.fromEntries(SEVERITIES.map((severity) => [severity, 0])) as Record<Severity, number>;
}
