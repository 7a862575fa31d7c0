import { useQuery } from '@tanstack/react-query';
import { App, Button, Table } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { listDeadLetters, replayDeadLetter, type DeadLetter } from '../api/ingestion.js';
import { hasRole } from '../session/user.js';
import { useUser } from '../session/use-user.js';
import { Failure } from '../elements/failure.js';
import { useProblemText } from '../elements/problem-text.js';
import { useTimeFormat } from '../time/format.js';

export function DeadLettersTable(): ReactNode {
  const { t } = useTranslation();
  const user = useUser();
  const { dateTime } = useTimeFormat();
  const { message } = App.useApp();
  const text = useProblemText();
  const found = useQuery({ queryKey: ['dead-letters'], queryFn: () => listDeadLetters({ limit: 200 }), refetchInterval: 10_000 });
  const replay = async (id: string): Promise<void> => {
    try {
      await replayDeadLetter(id);
      void message.success(t('ingestion.replayed'));
      await found.refetch();
    } catch (error) {
      void message.error(text(error));
    }
  };
  if (found.error !== null) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <div data-testid="dead-letters-table">
      <p className="muted">{t('ingestion.deadHint')}</p>
      <Table<DeadLetter>
        size="small"
        rowKey="id"
        dataSource={[...(found.data?.items ?? [])]}
        loading={found.isLoading}
        pagination={false}
        locale={{ emptyText: t('ingestion.emptyDead') }}
        columns={[
          { title: t('ingestion.failedAt'), className: 'numbers', render: (_, { failedAt }) => dateTime(failedAt) },
          { title: t('ingestion.group'), dataIndex: 'group' },
          { title: t('ingestion.topic'), render: (_, { record }) => `${record.topic} #${record.offset}` },
          { title: t('ingestion.error'), render: (_, { error }) => <code>{error}</code> },
          {
            render: (_, letter) =>
              letter.replayedAt !== null ? (
                <span className="muted">{t('ingestion.replayedAt', { time: dateTime(letter.replayedAt) })}</span>
              ) : hasRole(user, 'administrator') ? (
                <Button size="small" onClick={() => void replay(letter.id)}>{t('ingestion.replay')}</Button>
              ) : null,
          },
        ]}
      />
    </div>
  );
}
