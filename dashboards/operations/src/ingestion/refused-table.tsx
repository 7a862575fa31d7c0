import { useInfiniteQuery } from '@tanstack/react-query';
import { Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { listRefused, type RefusedView } from '../api/ingestion.js';
import { useLive } from '../live/use-live.js';
import { Failure } from '../elements/failure.js';
import { MoreRows } from '../elements/more-rows.js';
import { useTimeFormat } from '../time/format.js';
import { payloadText } from './payload-text.js';

export function RefusedTable(): ReactNode {
  const { t } = useTranslation();
  const columns = useColumns();
  const found = useInfiniteQuery({
    queryKey: ['refused'],
    queryFn: ({ pageParam }) => listRefused({ cursor: pageParam, limit: 50 }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: 5000,
  });
  if (found.error !== null) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <div data-testid="refused-table">
      <p className="muted">{t('ingestion.refusedHint')}</p>
      <Table<RefusedView>
        size="small"
        rowKey="refusalId"
        columns={columns}
        dataSource={found.data?.pages.flatMap(({ items }) => items) ?? []}
        loading={found.isLoading}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: t('ingestion.emptyRefused') }}
        expandable={{ expandedRowRender: ({ payload }) => <pre className="payload">{payloadText(payload)}</pre> }}
      />
      <MoreRows query={found} />
    </div>
  );
}

function useColumns(): TableColumnsType<RefusedView> {
  const { t } = useTranslation();
  const { dateTime } = useTimeFormat();
  const devices = useLive((state) => state.devices);
  return [
    { title: t('ingestion.receivedAt'), className: 'numbers', render: (_, { receivedAt }) => dateTime(receivedAt) },
    {
      title: t('field.device'),
      render: (_, { deviceId }) => (deviceId === null ? <span className="muted">{t('ingestion.unknownDevice')}</span> : (devices.get(deviceId)?.name ?? deviceId.slice(0, 8))),
    },
    { title: t('ingestion.code'), render: (_, { code }) => <code data-code={code}>{code}</code> },
    { title: t('ingestion.detail'), dataIndex: 'detail' },
    { title: t('ingestion.path'), render: (_, { path }) => (path === '' ? '—' : <code>{path}</code>) },
    { title: t('ingestion.topic'), dataIndex: 'topic' },
    { title: t('ingestion.size'), className: 'numbers', align: 'end', render: (_, { sizeBytes }) => `${sizeBytes} B` },
  ];
}
