import { useQuery } from '@tanstack/react-query';
import { Empty } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchSeries, type ChartPoint } from '../api/devices.js';
import { Chart } from '../elements/chart.js';
import { useChartTheme } from '../elements/chart-theme.js';
import { Failure } from '../elements/failure.js';
import { Waiting } from '../elements/waiting.js';
import { asUtc } from '../time/wall-clock.js';
import { useZone } from '../time/zone.js';
import { bucketFor } from './bucket-for.js';

interface TelemetryChartProps {
  readonly deviceId: string;
  readonly metric: string;
  readonly from: number;
  readonly to: number;
  /** `raw`, a duration, or left out: what fits. */
  readonly bucket?: string;
  /** A moment to point at. */
  readonly mark?: number;
}

export function TelemetryChart({ deviceId, metric, from, to, bucket, mark }: TelemetryChartProps): ReactNode {
  const { t } = useTranslation();
  const query = { deviceId, metric, from, to, bucket: bucket === 'raw' ? null : (bucket ?? bucketFor(to - from)) };
  const found = useQuery({ queryKey: ['telemetry', query], queryFn: () => fetchSeries(query), placeholderData: (before) => before });
  const option = useOption(found.data, metric, from, to, mark);
  if (found.error !== null) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <Waiting />;
  if (found.data.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('devices.noReadings')} />;
  return <Chart option={option} height="16rem" label={`${t('devices.chart')} ${metric}`} />;
}

function useOption(points: readonly ChartPoint[] = [], metric: string, from: number, to: number, mark: number | undefined) {
  const { t } = useTranslation();
  const { palette, px, text, tooltip } = useChartTheme();
  const zone = useZone();
  return useMemo(() => {
    const wall = (time: number): number => asUtc(time, zone);
    const line = { type: 'line', symbol: points.length < 2 ? 'circle' : 'none', animation: false };
    const hidden = { ...line, stack: 'band', lineStyle: { opacity: 0 }, tooltip: { show: false }, silent: true };
    return {
      useUTC: true, // of times that stand on the clock of the installation
      textStyle: text,
      tooltip,
      grid: { left: px(48), right: px(14), top: px(14), bottom: px(28) },
      xAxis: { type: 'time', min: wall(from), max: wall(to), axisLabel: { ...text, hideOverlap: true }, axisLine: { lineStyle: { color: palette.line } }, splitLine: { show: false } },
      yAxis: { type: 'value', scale: true, axisLabel: text, splitLine: { lineStyle: { color: palette.line } } },
      series: [
        { ...hidden, name: 'min', data: points.map(({ at, min }) => [wall(at), min]) },
        { ...hidden, name: t('devices.band'), data: points.map(({ at, min, max }) => [wall(at), max - min]), areaStyle: { color: palette.accent, opacity: 0.16 } },
        {
          ...line,
          name: metric,
          data: points.map(({ at, value }) => [wall(at), value]),
          lineStyle: { color: palette.accent, width: px(2) },
          itemStyle: { color: palette.accent },
          ...(mark === undefined ? {} : { markLine: markAt(wall(mark), t('alerts.raised'), palette.severity.CRITICAL, text.fontFamily) }),
        },
      ],
    };
  }, [points, metric, from, to, mark, zone, palette, px, text, tooltip, t]);
}

function markAt(at: number, name: string, color: string, fontFamily: string) {
  return {
    symbol: 'none',
    silent: true,
    lineStyle: { color, type: 'dashed' },
    label: { formatter: name, color, fontFamily, position: 'insideEndTop' },
    data: [{ xAxis: at }],
  };
}
