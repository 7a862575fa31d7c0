import { Select } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import type { AlertView } from '@brain/contracts';
import { TelemetryChart } from '../devices/telemetry-chart.js';
import { useRoom } from '../room/room.js';
import { useNow } from '../time/clock.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The readings from an hour before the alert until an hour after it, or now. */
export function AlertChart({ alert }: { readonly alert: AlertView }): ReactNode {
  const metrics = Object.entries(alert.reading.values).flatMap(([name, value]) => (typeof value === 'string' ? [] : name));
  const [metric, setMetric] = useState(metrics[0] ?? null);
  const room = useRoom();
  const minute = useNow(MINUTE);
  const end = room.time === 'past' ? minute : Infinity; // who looks at the past knows nothing later
  const range = useMemo(() => {
    const raised = Date.parse(alert.raisedAt);
    const until = Math.max(raised, Date.parse(alert.clearedAt ?? alert.updatedAt)) + HOUR;
    return { from: raised - HOUR, to: Math.max(Math.min(until, end), raised - HOUR + MINUTE) };
  }, [alert.raisedAt, alert.clearedAt, alert.updatedAt, end]);
  if (metric === null) return null;
  return (
    <>
      {metrics.length > 1 && (
        <Select size="small" value={metric} options={metrics.map((value) => ({ value, label: value }))} onChange={setMetric} style={{ minWidth: '10rem' }} />
      )}
      <TelemetryChart deviceId={alert.deviceId} metric={metric} {...range} mark={Date.parse(alert.raisedAt)} />
    </>
  );
}
