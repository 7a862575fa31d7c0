import { useQuery } from '@tanstack/react-query';
import { Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { listCounts, type IngestCount } from '../api/ingestion.js';
import { useLive } from '../live/use-live.js';
import { Failure } from '../elements/failure.js';
import { useTimeFormat } from '../time/format.js';
import { perDevice } from './per-device.js';

const WINDOW_MS = 15 * 60_000;

/** Received = stored + duplicates + refused: does it hold? */
export function CountsTable(): ReactNode {
  const { t } = useTranslation();
  const columns = useColumns();
  const found = useQuery({
    queryKey: ['ingestion-counts'],
    queryFn: async () => perDevice((await listCounts({ from: Date.now() - WINDOW_MS, limit: 500 })).items),
    refetchInterval: 10_000,
  });
  if (found.error !== null) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <div data-testid="counts-table">
      <p className="muted">{t('ingestion.countsHint')}</p>
      <Table<IngestCount>
        size="small"
        rowKey={({ deviceId }) => deviceId ?? 'unknown'}
        columns={columns}
        dataSource={found.data ?? []}
        loading={found.isLoading}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: t('ingestion.emptyCounts') }}
        summary={(rows) => <Total rows={rows} />}
      />
    </div>
  );
}

function useColumns(): TableColumnsType<IngestCount> {
  const { t } = useTranslation();
  const { clock } = useTimeFormat();
  const devices = useLive((state) => state.devices);
  const number = { className: 'numbers', align: 'end' } as const;
  return [
    { title: t('field.device'), render: (_, { deviceId }) => (deviceId === null ? t('ingestion.unknownDevice') : (devices.get(deviceId)?.name ?? deviceId.slice(0, 8))) },
    { title: t('ingestion.minute'), ...number, render: (_, { minute }) => clock(minute) },
    { title: t('ingestion.received'), ...number, dataIndex: 'received' },
    { title: t('ingestion.stored'), ...number, dataIndex: 'stored' },
    { title: t('ingestion.duplicates'), ...number, dataIndex: 'duplicates' },
    { title: t('ingestion.refusedCount'), ...number, dataIndex: 'refused' },
    { title: t('ingestion.balance'), render: (_, row) => <Balance row={row} /> },
  ];
}

function Balance({ row }: { readonly row: Omit<IngestCount, 'deviceId' | 'minute'> }): ReactNode {
  const { t } = useTranslation();
  const off = row.received - row.stored - row.duplicates - row.refused;
  return off === 0 ? <span className="chip chip-good">{t('ingestion.balanced')}</span> : <span className="chip chip-bad">{t('ingestion.unbalanced', { count: off })}</span>;
}

function Total({ rows }: { readonly rows: readonly IngestCount[] }): ReactNode {
  const { t } = useTranslation();
  const sum = (of: (row: IngestCount) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const total = { received: sum((row) => row.received), stored: sum((row) => row.stored), duplicates: sum((row) => row.duplicates), refused: sum((row) => row.refused) };
  return (
    <Table.Summary.Row>
      <Table.Summary.Cell index={0} colSpan={2}><strong>{t('ingestion.allDevices')}</strong></Table.Summary.Cell>
      {Object.entries(total).map(([key, value], index) => (
        <Table.Summary.Cell key={key} index={index + 2} align="right"><strong className="numbers">{value}</strong></Table.Summary.Cell>
      ))}
      <Table.Summary.Cell index={6}><Balance row={total} /></Table.Summary.Cell>
    </Table.Summary.Row>
  );
}
