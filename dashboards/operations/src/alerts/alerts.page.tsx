import { useInfiniteQuery } from '@tanstack/react-query';
import { DatePicker, Select, Table, type TableColumnsType } from 'antd';
import type { Dayjs } from 'dayjs';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ALERT_STATES, SEVERITIES, type AlertView } from '@brain/contracts';
import { listAlerts } from '../api/alerts.js';
import { useAreaNames } from '../areas/use-area-names.js';
import { AreaPicker } from '../overview/area-picker.js';
import { Failure } from '../elements/failure.js';
import { MoreRows } from '../elements/more-rows.js';
import { SeverityTag } from '../elements/severity-tag.js';
import { RelativeTime } from '../time/relative-time.js';
import { useTimeFormat } from '../time/format.js';
import { AlertDrawer } from './alert-drawer.js';
import { readingText } from './reading-text.js';

interface Filter {
  readonly severity: string[];
  readonly state: string[];
  readonly area: string | null;
  readonly between: [Dayjs | null, Dayjs | null] | null;
}

export default function AlertsPage(): ReactNode {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const [filter, setFilter] = useState<Filter>({ severity: [], state: [], area: null, between: null });
  const found = useInfiniteQuery({
    queryKey: ['alerts', 'list', filter],
    queryFn: ({ pageParam }) =>
      listAlerts({
        severity: filter.severity.join(','),
        state: filter.state.join(','),
        areaCode: filter.area,
        from: filter.between?.[0]?.toISOString(),
        to: filter.between?.[1]?.toISOString(),
        cursor: pageParam,
        limit: 50,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const rows = useMemo(() => found.data?.pages.flatMap(({ items }) => items) ?? [], [found.data]);
  const columns = useColumns((alertId) => setSearch({ alert: alertId }));
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('shell.alerts')}</h1>
        <Filters filter={filter} onChange={setFilter} />
      </div>
      {found.error === null ? (
        <>
          <Table<AlertView> size="small" rowKey="alertId" columns={columns} dataSource={rows} loading={found.isLoading} pagination={false} scroll={{ x: 'max-content' }} locale={{ emptyText: t('alerts.empty') }} />
          <MoreRows query={found} />
        </>
      ) : (
        <Failure error={found.error} onRetry={() => void found.refetch()} />
      )}
      <AlertDrawer alertId={search.get('alert')} onClose={() => setSearch({})} />
    </div>
  );
}

function Filters({ filter, onChange }: { readonly filter: Filter; readonly onChange: (filter: Filter) => void }): ReactNode {
  const { t } = useTranslation();
  const set = (part: Partial<Filter>): void => onChange({ ...filter, ...part });
  return (
    <>
      <Select
        mode="multiple" maxTagCount="responsive" style={{ width: '12rem' }} placeholder={t('field.severity')} aria-label={t('field.severity')}
        options={SEVERITIES.map((value) => ({ value, label: t(`field.severity-${value}`) }))} value={filter.severity} onChange={(severity) => set({ severity })}
      />
      <Select
        mode="multiple" maxTagCount="responsive" style={{ width: '14rem' }} placeholder={t('field.state')} aria-label={t('field.state')}
        options={ALERT_STATES.map((value) => ({ value, label: t(`alerts.state-${value}`) }))} value={filter.state} onChange={(state) => set({ state })}
      />
      <div style={{ width: '12rem' }}><AreaPicker size="middle" value={filter.area} onChange={(area) => set({ area })} /></div>
      <DatePicker.RangePicker showTime={{ format: 'HH:mm' }} format="MM-DD HH:mm" allowEmpty={[true, true]} placeholder={[t('alerts.from'), t('alerts.to')]} value={filter.between} onChange={(between) => set({ between })} />
    </>
  );
}

function useColumns(onOpen: (alertId: string) => void): TableColumnsType<AlertView> {
  const { t } = useTranslation();
  const areas = useAreaNames();
  const { dateTime } = useTimeFormat();
  return [
    { title: t('field.severity'), render: (_, { severity }) => <SeverityTag severity={severity} /> },
    {
      title: t('field.title'),
      render: (_, alert) => <button type="button" className="linkish" onClick={() => onOpen(alert.alertId)}>{alert.title}</button>,
    },
    { title: t('field.state'), render: (_, { state }) => t(`alerts.state-${state}`) },
    { title: t('field.device'), dataIndex: 'deviceName' },
    { title: t('field.area'), render: (_, { areaCode }) => areas.label(areaCode) },
    { title: t('alerts.reading'), className: 'numbers', render: (_, { reading }) => readingText(reading) },
    { title: t('alerts.occurrences'), className: 'numbers', align: 'end', dataIndex: 'occurrences' },
    { title: t('alerts.raisedAt'), className: 'numbers', render: (_, { raisedAt }) => <>{dateTime(raisedAt)} · <RelativeTime time={raisedAt} /></> },
  ];
}
