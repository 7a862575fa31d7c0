import { useQuery } from '@tanstack/react-query';
import { App, Button, Table, type TableColumnsType } from 'antd';
import type { MySession } from '@brain/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { endOtherSessions, endSession, listSessions } from '../api/sessions.js';
import { Failure } from '../elements/failure.js';
import { useProblemText } from '../elements/problem-text.js';
import { useTimeFormat } from '../time/format.js';
import { RelativeTime } from '../time/relative-time.js';
import { signOut } from './session.js';

/** Where and until when the account is signed in, for the person alone. */
export default function SessionsPage(): ReactNode {
  const { t } = useTranslation();
  const found = useQuery({ queryKey: ['sessions'], queryFn: listSessions, refetchInterval: 30_000 });
  const reload = (): void => void found.refetch();
  const end = useEnding(reload);
  const columns = useColumns(end.one);
  const others = (found.data ?? []).filter(({ current }) => !current).length;
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('sessions.title')}</h1>
        <span style={{ flex: 1 }} />
        <Button danger disabled={others === 0} data-testid="sessions-end-others" onClick={() => end.others(others)}>
          {t('sessions.endOthers')}
        </Button>
      </div>
      <p className="muted">{t('sessions.hint')}</p>
      {found.error === null ? (
        <Table<MySession>
          size="small" rowKey="sessionId" columns={columns} dataSource={found.data ?? []} loading={found.isLoading}
          pagination={false} scroll={{ x: 'max-content' }} data-testid="session-table"
        />
      ) : (
        <Failure error={found.error} onRetry={reload} />
      )}
    </div>
  );
}

interface Ending {
  readonly one: (session: MySession, name: string) => void;
  readonly others: (count: number) => void;
}

/** Each after a question. */
function useEnding(reload: () => void): Ending {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const text = useProblemText();
  const ask = (title: string, content: string, work: () => Promise<string>): void =>
    void modal.confirm({
      title,
      content,
      okText: t('sessions.end'),
      okButtonProps: { danger: true },
      onOk: async () => {
        await work().then((done) => message.success(done), (error: unknown) => message.error(text(error)));
        reload();
      },
    });
  return {
    one: ({ sessionId }, name) =>
      ask(`${t('sessions.end')} · ${name}`, t('sessions.sure-end'), async () => {
        await endSession(sessionId);
        return t('sessions.ended');
      }),
    others: (count) =>
      ask(t('sessions.endOthers'), t('sessions.sure-others', { count }), async () => t('sessions.endedOthers', { count: await endOtherSessions() })),
  };
}

function useColumns(end: Ending['one']): TableColumnsType<MySession> {
  const { t } = useTranslation();
  const { dateTime } = useTimeFormat();
  const nameOf = ({ browser, system }: MySession): string => [browser, system].filter((part) => part !== null).join(' · ') || t('sessions.unknown');
  return [
    {
      title: t('sessions.browser'),
      render: (_, session) => (
        <>
          <strong>{nameOf(session)}</strong>{' '}
          {session.current && <span className="chip chip-good">{t('sessions.current')}</span>}
        </>
      ),
    },
    { title: t('sessions.address'), className: 'numbers', render: (_, { address }) => address ?? '—' },
    { title: t('sessions.method'), render: (_, { method }) => t(`sessions.method-${method}`) },
    { title: t('sessions.begunAt'), className: 'numbers', render: (_, { begunAt }) => dateTime(begunAt) },
    { title: t('sessions.seenAt'), render: (_, { seenAt }) => <RelativeTime time={seenAt} /> },
    { title: t('sessions.endsAt'), className: 'numbers', render: (_, { endsAt }) => dateTime(endsAt) },
    {
      render: (_, session) =>
        session.current ? (
          <Button size="small" onClick={() => void signOut()}>{t('shell.signOut')}</Button>
        ) : (
          <Button size="small" danger aria-label={`${t('sessions.end')} ${nameOf(session)}`} onClick={() => end(session, nameOf(session))}>{t('sessions.end')}</Button>
        ),
    },
  ];
}
