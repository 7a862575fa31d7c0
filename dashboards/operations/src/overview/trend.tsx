import { SEVERITIES } from '@brain/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { listAlerts } from '../api/alerts.js';
import { useLive } from '../live/use-live.js';
import { useChartTheme } from '../elements/chart-theme.js';
import { Chart } from '../elements/chart.js';
import { useNow } from '../time/clock.js';
import { hourly } from './hourly.js';

const HOURS = 12;
const MINUTE = 60_000;

/** Is this a quiet day? Alerts raised per hour; those of the socket join at once. */
export function Trend(): ReactNode {
  const { t } = useTranslation();
  const { palette, px, text, tooltip } = useChartTheme();
  const live = useLive((state) => state.alerts);
  const minute = useNow(MINUTE);
  const past = useQuery({
    queryKey: ['alerts', 'trend'],
    queryFn: () => listAlerts({ from: new Date(Date.now() - HOURS * 60 * MINUTE).toISOString(), limit: 500 }),
    refetchInterval: 5 * MINUTE,
  });
  const rows = useMemo(() => {
    const all = new Map(past.data?.items.map((alert) => [alert.alertId, alert]));
    for (const [id, alert] of live) all.set(id, alert);
    return hourly(all.values(), minute, HOURS);
  }, [past.data, live, minute]);
  const option = useMemo(
    () => ({
      animation: false,
      textStyle: text,
      tooltip: { ...tooltip, axisPointer: { type: 'shadow' } },
      grid: { left: px(30), right: px(10), top: px(10), bottom: px(22) },
      xAxis: {
        type: 'category',
        data: rows.map(({ from }) => `${String(new Date(from).getHours()).padStart(2, '0')}:00`),
        axisLabel: text, axisTick: { show: false }, axisLine: { lineStyle: { color: palette.line } },
      },
      yAxis: { type: 'value', minInterval: 1, splitNumber: 2, axisLabel: text, splitLine: { lineStyle: { color: palette.line } } },
      series: [...SEVERITIES].reverse().map((severity) => ({
        type: 'bar', stack: 'all', barWidth: '55%', name: t(`field.severity-${severity}`),
        itemStyle: { color: palette.severity[severity] }, data: rows.map(({ counts }) => counts[severity]),
      })),
    }),
    [rows, palette, px, text, tooltip, t],
  );
  return (
    <section className="live-trend panel" aria-labelledby="trend-title">
      <h2 id="trend-title">{t('live.trend')}</h2>
      <Chart option={option} height="100%" label={t('live.trend')} />
    </section>
  );
}
