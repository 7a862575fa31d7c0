import { SEVERITIES } from '@brain/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { listAlerts } from '../api/alerts.js';
import { useRoom, useRoomState } from '../room/room.js';
import { useChartTheme } from '../elements/chart-theme.js';
import { Chart } from '../elements/chart.js';
import { useNow } from '../time/clock.js';
import { useTimeFormat } from '../time/format.js';
import { hourly } from './hourly.js';

const HOURS = 12;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Is this a quiet day? Alerts raised per hour; those of the room join at once. */
export function Trend(): ReactNode {
  const { t } = useTranslation();
  const { palette, px, text, tooltip } = useChartTheme();
  const timeFormat = useTimeFormat();
  const inRoom = useRoomState((state) => state.alerts);
  const hour = useNow(HOUR);
  const before = useAlertsBefore();
  const rows = useMemo(() => {
    const all = new Map(before.data?.items.map((alert) => [alert.alertId, alert]));
    for (const [id, alert] of inRoom) all.set(id, alert);
    return hourly(all.values(), hour, HOURS);
  }, [before.data, inRoom, hour]);
  const option = useMemo(
    () => ({
      animation: false,
      textStyle: text,
      tooltip: { ...tooltip, axisPointer: { type: 'shadow' } },
      grid: { left: px(30), right: px(10), top: px(10), bottom: px(22) },
      xAxis: {
        type: 'category',
        data: rows.map(({ from }) => `${timeFormat.hour(from)}:00`),
        axisLabel: text, axisTick: { show: false }, axisLine: { lineStyle: { color: palette.line } },
      },
      yAxis: { type: 'value', minInterval: 1, splitNumber: 2, axisLabel: text, splitLine: { lineStyle: { color: palette.line } } },
      series: [...SEVERITIES].reverse().map((severity) => ({
        type: 'bar', stack: 'all', barWidth: '55%', name: t(`field.severity-${severity}`),
        itemStyle: { color: palette.severity[severity] }, data: rows.map(({ counts }) => counts[severity]),
      })),
    }),
    [rows, palette, px, text, tooltip, timeFormat, t],
  );
  return (
    <section className="live-trend panel" aria-labelledby="trend-title">
      <h2 id="trend-title">{t('live.trend')}</h2>
      <Chart option={option} height="100%" label={t('live.trend')} />
    </section>
  );
}

/** The list knows the finished ones too. In the past it is asked anew every ten minutes of that day. */
function useAlertsBefore() {
  const room = useRoom();
  const then = useNow(10 * MINUTE);
  const past = room.time === 'past';
  const moment = past ? { at: new Date(then).toISOString(), as: room.as } : {};
  return useQuery({
    queryKey: ['alerts', 'trend', moment],
    queryFn: () => listAlerts({ from: new Date((past ? then : Date.now()) - HOURS * HOUR).toISOString(), limit: 500, ...moment }),
    refetchInterval: past ? false : 5 * MINUTE,
    placeholderData: keepPreviousData,
    gcTime: MINUTE,
  });
}
