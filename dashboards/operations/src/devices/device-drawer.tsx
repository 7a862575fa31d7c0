import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer, Segmented, Select, Space } from 'antd';
import type { DeviceView } from '@brain/contracts';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { retireDevice } from '../api/device-commands.js';
import { getDevice } from '../api/devices.js';
import { readingText } from '../alerts/reading-text.js';
import { useAreaNames } from '../areas/use-area-names.js';
import { useLive } from '../live/use-live.js';
import { hasRole } from '../session/user.js';
import { useUser } from '../session/use-user.js';
import { Failure } from '../elements/failure.js';
import { useProblemText } from '../elements/problem-text.js';
import { Waiting } from '../elements/waiting.js';
import { useNow } from '../time/clock.js';
import { RelativeTime } from '../time/relative-time.js';
import { TelemetryChart } from './telemetry-chart.js';
import { ChangeDevice } from './change-device.js';
import { metricsOf } from './metrics-of.js';
import { useKindName } from './use-kind-name.js';
import { WearerName } from './wearer-name.js';

const HOUR = 3_600_000;
const RANGES = [
  { value: HOUR, label: 'devices.lastHour' },
  { value: 6 * HOUR, label: 'devices.last6Hours' },
  { value: 24 * HOUR, label: 'devices.lastDay' },
  { value: 7 * 24 * HOUR, label: 'devices.lastWeek' },
] as const;
const BUCKETS = [
  { value: 'auto', label: 'devices.auto' },
  { value: 'raw', label: 'devices.raw' },
  { value: 'PT1M', label: 'devices.minute' },
  { value: 'PT5M', label: 'devices.fiveMinutes' },
  { value: 'PT1H', label: 'devices.hour' },
] as const;

export function DeviceDrawer({ deviceId, onClose }: { readonly deviceId: string | null; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <Drawer open={deviceId !== null} onClose={onClose} size="min(46rem, 94vw)" destroyOnHidden title={t('devices.detail')} data-testid="device-drawer">
      {deviceId !== null && <Content deviceId={deviceId} />}
    </Drawer>
  );
}

function Content({ deviceId }: { readonly deviceId: string }): ReactNode {
  const found = useQuery({ queryKey: ['device', deviceId], queryFn: () => getDevice(deviceId) });
  const live = useLive((state) => state.devices.get(deviceId));
  const device = live ?? found.data;
  if (device !== undefined) return <Detail device={device} />;
  return found.error === null ? <Waiting /> : <Failure error={found.error} onRetry={() => void found.refetch()} />;
}

function Detail({ device }: { readonly device: DeviceView }): ReactNode {
  const { t } = useTranslation();
  const user = useUser();
  const areas = useAreaNames();
  const kindName = useKindName();
  const latest = useLive((state) => state.readings.get(device.deviceId));
  return (
    <article>
      <h2 style={{ margin: '0 0 1rem', fontSize: '1.25rem' }}>{device.name}</h2>
      <dl className="facts">
        <dt>{t('devices.kind')}</dt><dd>{kindName(device.kind)}</dd>
        <dt>{t('field.area')}</dt><dd>{areas.label(device.areaCode)}</dd>
        {device.wearerId && <><dt>{t('devices.wearer')}</dt><dd data-testid="device-worn-by"><WearerName device={device} /> <small className="numbers muted">{device.wearerId}</small></dd></>}
        <dt>{t('devices.state')}</dt><dd>{t(`devices.state-${device.state}`)} · {t(device.online ? 'devices.online' : 'devices.offline')}</dd>
        <dt>{t('devices.lastSeen')}</dt><dd>{device.lastSeenAt === null ? t('devices.never') : <RelativeTime time={device.lastSeenAt} />}</dd>
        {latest !== undefined && <><dt>{t('devices.latest')}</dt><dd className="numbers">{readingText(latest)}</dd></>}
        <dt>{t('devices.id')}</dt><dd className="numbers muted">{device.deviceId}</dd>
      </dl>
      <Readings device={device} known={Object.keys(latest?.values ?? {})} />
      {hasRole(user, 'administrator') && device.state === 'registered' && <Commands device={device} />}
    </article>
  );
}

function Commands({ device }: { readonly device: DeviceView }): ReactNode {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<DeviceView | null>(null);
  return (
    <Space style={{ marginTop: '1.5rem' }}>
      <Button data-testid="device-change" onClick={() => setOpened(device)}>{t('devices.change')}</Button>
      <Retire device={device} />
      {opened !== null && <ChangeDevice opened={opened} onClose={() => setOpened(null)} />}
    </Space>
  );
}

function Readings({ device, known }: { readonly device: DeviceView; readonly known: readonly string[] }): ReactNode {
  const { t } = useTranslation();
  const minute = useNow(60_000);
  const metrics = useMemo(() => [...new Set([...known, ...metricsOf(device.kind)])], [known, device.kind]);
  const [chosen, setMetric] = useState<string | null>(null);
  const [range, setRange] = useState<number>(6 * HOUR);
  const [bucket, setBucket] = useState<string>('auto');
  const metric = chosen ?? metrics[0] ?? device.kind;
  return (
    <section style={{ marginTop: '1.5rem' }}>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem', marginBottom: '0.5rem' }}>
        <Select value={metric} aria-label={t('devices.metric')} style={{ minWidth: '9rem' }} options={metrics.map((value) => ({ value, label: value }))} onChange={setMetric} />
        <Segmented value={range} options={RANGES.map(({ value, label }) => ({ value, label: t(label) }))} onChange={setRange} />
        <Select value={bucket} aria-label={t('devices.bucket')} style={{ minWidth: '7rem' }} options={BUCKETS.map(({ value, label }) => ({ value, label: t(label) }))} onChange={setBucket} />
      </div>
      <TelemetryChart deviceId={device.deviceId} metric={metric} from={minute - range} to={minute + 60_000} {...(bucket === 'auto' ? {} : { bucket })} />
    </section>
  );
}

function Retire({ device }: { readonly device: DeviceView }): ReactNode {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const text = useProblemText();
  const retire = async (): Promise<void> => {
    try {
      await retireDevice(device.deviceId);
      void message.success(t('devices.retired'));
      await Promise.all([client.invalidateQueries({ queryKey: ['devices'] }), client.invalidateQueries({ queryKey: ['device', device.deviceId] })]);
    } catch (error) {
      void message.error(text(error));
    }
  };
  const ask = (): void => void modal.confirm({ title: t('devices.retire'), content: t('devices.sureRetire'), okButtonProps: { danger: true }, onOk: retire });
  return <Button danger data-testid="device-retire" onClick={ask}>{t('devices.retire')}</Button>;
}
