import { useInfiniteQuery } from '@tanstack/react-query';
import { Table, type TableColumnsType } from 'antd';
import type { CaseView } from '@brain/contracts';
import { useDeferredValue, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { listCases } from '../api/cases.js';
import { useAreaNames } from '../areas/use-area-names.js';
import { useUser } from '../session/use-user.js';
import { Failure } from '../elements/failure.js';
import { MoreRows } from '../elements/more-rows.js';
import { SeverityTag } from '../elements/severity-tag.js';
import { useTimeFormat } from '../time/format.js';
import type { CaseFilter } from './case-filter.js';
import { CaseStateTag } from './case-state-tag.js';

/** All cases, closed ones too, page by page from the server. */
export function CaseList({ filter, onOpen }: { readonly filter: CaseFilter; readonly onOpen: (caseId: string) => void }): ReactNode {
  const { staffId } = useUser();
  const asked = useDeferredValue(filter);
  const found = useInfiniteQuery({
    queryKey: ['cases', asked],
    queryFn: ({ pageParam }) =>
      listCases({
        q: asked.text.trim(),
        areaCode: asked.area,
        state: asked.states.join(','),
        overdue: asked.overdueOnly ? true : null,
        needsAssignee: asked.needsAssignee ? true : null,
        assignee: asked.mineOnly ? staffId : null,
        cursor: pageParam,
        limit: 50,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const rows = useMemo(() => found.data?.pages.flatMap(({ items }) => items) ?? [], [found.data]);
  const columns = useColumns(onOpen);
  if (found.error !== null) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <>
      <Table<CaseView>
        size="small"
        rowKey="caseId"
        columns={columns}
        dataSource={rows}
        loading={found.isLoading}
        pagination={false}
        scroll={{ x: 'max-content' }}
        data-testid="case-table"
      />
      <MoreRows query={found} />
    </>
  );
}

function useColumns(onOpen: (caseId: string) => void): TableColumnsType<CaseView> {
  const { t } = useTranslation();
  const areas = useAreaNames();
  const { dateTime } = useTimeFormat();
  return [
    { title: t('cases.number'), dataIndex: 'number', className: 'numbers' },
    {
      title: t('field.title'),
      render: (_, one) => <button type="button" className="linkish" onClick={() => onOpen(one.caseId)}>{one.title}</button>,
    },
    { title: t('field.severity'), render: (_, { severity }) => <SeverityTag severity={severity} /> },
    { title: t('field.state'), render: (_, { state }) => <CaseStateTag state={state} /> },
    { title: t('field.area'), render: (_, { areaCode }) => areas.label(areaCode) },
    { title: t('field.assignee'), render: (_, { assignee }) => assignee?.name ?? '—' },
    { title: t('cases.openedAt'), className: 'numbers', render: (_, { openedAt }) => dateTime(openedAt) },
    {
      title: t('cases.dueAt'),
      className: 'numbers',
      render: (_, { dueAt, overdue }) => <span style={overdue ? { color: 'var(--CRITICAL)' } : undefined}>{dateTime(dueAt)}</span>,
    },
  ];
}
