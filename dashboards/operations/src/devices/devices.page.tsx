import { PlusOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input, Select, Table, type TableColumnsType } from 'antd';
import type { DeviceView } from '@brain/contracts';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { listDevices } from '../api/devices.js';
import { useAreaNames } from '../areas/use-area-names.js';
import { useLive } from '../live/use-live.js';
import { AreaPicker } from '../overview/area-picker.js';
import { hasRole } from '../session/user.js';
import { useUser } from '../session/use-user.js';
import { Failure } from '../elements/failure.js';
import { MoreRows } from '../elements/more-rows.js';
import { RelativeTime } from '../time/relative-time.js';
import { DeviceDrawer } from './device-drawer.js';
import { RegisterDevice } from './register-device.js';
import { useKindName } from './use-kind-name.js';
import { useNewlyRegistered } from './use-newly-registered.js';
import { WearerName } from './wearer-name.js';

interface Filter {
  readonly kind: string | null;
  readonly area: string | null;
  readonly online: boolean | null;
  readonly q: string;
}

export default function DevicesPage(): ReactNode {
  const { t } = useTranslation();
  const user = useUser();
  const [search, setSearch] = useSearchParams();
  const [filter, setFilter] = useState<Filter>({ kind: null, area: null, online: null, q: '' });
  const found = useInfiniteQuery({
    queryKey: ['devices', filter],
    queryFn: ({ pageParam }) =>
      listDevices({ kind: filter.kind, areaCode: filter.area, q: filter.q.trim(), cursor: pageParam, limit: filter.online === null ? 50 : 500 }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const reload = (): void => void found.refetch();
  useNewlyRegistered(reload);
  const live = useLive((state) => state.devices);
  const rows = useMemo(
    () => (found.data?.pages.flatMap(({ items }) => items) ?? [])
        .map((device) => live.get(device.deviceId) ?? device)
        // The line changes every moment, so the list is asked without it and sifted here.
        .filter(({ online }) => filter.online === null || online === filter.online),
    [found.data, live, filter.online],
  );
  const columns = useColumns((deviceId) => setSearch({ device: deviceId }));
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('shell.devices')}</h1>
        <Filters filter={filter} onChange={setFilter} />
        <span style={{ flex: 1 }} />
        {hasRole(user, 'administrator') && (
          <Button type="primary" icon={<PlusOutlined />} data-testid="device-new" onClick={() => setSearch({ new: '1' })}>{t('devices.register')}</Button>
        )}
      </div>
      {found.error === null ? (
        <>
          <Table<DeviceView> size="small" rowKey="deviceId" columns={columns} dataSource={rows} loading={found.isLoading} pagination={false} scroll={{ x: 'max-content' }} locale={{ emptyText: t('devices.empty') }} data-testid="device-table" />
          <MoreRows query={found} />
        </>
      ) : (
        <Failure error={found.error} onRetry={reload} />
      )}
      <DeviceDrawer deviceId={search.get('device')} onClose={() => setSearch({})} />
      <RegisterDevice open={search.has('new')} onClose={() => setSearch({})} onDone={reload} />
    </div>
  );
}

function Filters({ filter, onChange }: { readonly filter: Filter; readonly onChange: (filter: Filter) => void }): ReactNode {
  const { t } = useTranslation();
  const kindName = useKindName();
  const devices = useLive((state) => state.devices);
  const kinds = useMemo(() => [...new Set([...devices.values()].map(({ kind }) => kind))].sort(), [devices]);
  const set = (part: Partial<Filter>): void => onChange({ ...filter, ...part });
  return (
    <>
      <Input.Search allowClear style={{ width: '12rem' }} placeholder={t('devices.name')} aria-label={t('devices.name')} onSearch={(q) => set({ q })} />
      <Select
        allowClear style={{ width: '10rem' }} placeholder={t('devices.kind')} aria-label={t('devices.kind')} value={filter.kind}
        options={kinds.map((value) => ({ value, label: kindName(value) }))} onChange={(kind: string | null | undefined) => set({ kind: kind ?? null })}
      />
      <div style={{ width: '12rem' }}><AreaPicker size="middle" value={filter.area} onChange={(area) => set({ area })} /></div>
      <Select
        allowClear style={{ width: '8rem' }} placeholder={t('devices.onlineState')} aria-label={t('devices.onlineState')} value={filter.online}
        options={[{ value: true, label: t('devices.online') }, { value: false, label: t('devices.offline') }]}
        onChange={(online: boolean | null | undefined) => set({ online: online ?? null })}
      />
    </>
  );
}

function useColumns(onOpen: (deviceId: string) => void): TableColumnsType<DeviceView> {
  const { t } = useTranslation();
  const areas = useAreaNames();
  const kindName = useKindName();
  return [
    {
      title: t('devices.name'),
      render: (_, device) => <button type="button" className="linkish" data-testid="device-open" data-device-id={device.deviceId} onClick={() => onOpen(device.deviceId)}>{device.name}</button>,
    },
    { title: t('devices.kind'), render: (_, { kind }) => kindName(kind) },
    { title: t('field.area'), render: (_, { areaCode }) => areas.label(areaCode) },
    { title: t('devices.wearer'), render: (_, device) => <WearerName device={device} /> },
    { title: t('devices.onlineState'), render: (_, device) => <OnlineTag device={device} /> },
    { title: t('devices.lastSeen'), render: (_, { lastSeenAt }) => (lastSeenAt === null ? <span className="muted">{t('devices.never')}</span> : <RelativeTime time={lastSeenAt} />) },
  ];
}

function OnlineTag({ device }: { readonly device: DeviceView }): ReactNode {
  const { t } = useTranslation();
  if (device.state === 'retired') return <span className="chip">{t('devices.state-retired')}</span>;
  return <span className={`chip ${device.online ? 'chip-good' : 'chip-bad'}`}>{t(device.online ? 'devices.online' : 'devices.offline')}</span>;
}
