import { useQuery } from '@tanstack/react-query';
import { Empty } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEvent } from '@brain/contracts';
import { listAuditEvents } from '../api/audit.js';
import { Failure } from '../elements/failure.js';
import { Waiting } from '../elements/waiting.js';
import { changesOf, type FieldChange } from './event-diff.js';
import { useValueText } from './use-value-text.js';

/** Further back nothing is compared; said under the table when a stream is longer. */
const EARLIER = 500;

interface EventChangesProps {
  readonly event: AuditEvent;
  readonly onOpen: (eventId: string) => void;
}

/** What the event said, beside what the same case, alert, device … said in the same place before. */
export function EventChanges({ event, onOpen }: EventChangesProps): ReactNode {
  const { t } = useTranslation();
  const { eventId, subject, position } = event;
  const earlier = useQuery({
    queryKey: ['audit', 'earlier', eventId],
    queryFn: () => listAuditEvents({ subject, order: 'desc', after: position, limit: EARLIER }),
    staleTime: Infinity,
  });
  if (earlier.error !== null) return <Failure error={earlier.error} onRetry={() => void earlier.refetch()} />;
  if (earlier.data === undefined) return <Waiting />;
  const changes = changesOf(event, earlier.data.items);
  if (changes.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('audit.noData')} />;
  return (
    <>
      <table className="audit-changes" data-testid="audit-changes">
        <thead>
          <tr><th>{t('audit.field')}</th><th>{t('audit.before')}</th><th>{t('audit.after')}</th></tr>
        </thead>
        <tbody>
          {changes.map((change) => <Row key={change.path.join('.')} change={change} onOpen={onOpen} />)}
        </tbody>
      </table>
      <p className="muted">{t(earlier.data.nextCursor === null ? 'audit.comparedAll' : 'audit.comparedSome', { count: EARLIER })}</p>
    </>
  );
}

function Row({ change: { path, kind, before, since, after }, onOpen }: { readonly change: FieldChange; readonly onOpen: (eventId: string) => void }): ReactNode {
  const { t } = useTranslation();
  const { label, value } = useValueText();
  const key = path.at(-1) ?? '';
  return (
    <tr data-kind={kind}>
      <th scope="row" title={path.join('.')}>{path.map(label).join(' · ')}</th>
      <td>
        {since === undefined ? <span className="muted">{t('audit.notSaid')}</span> : <button type="button" className="linkish" title={t('audit.saidBy')} onClick={() => onOpen(since)}>{kind === 'same' ? t('audit.same') : value(key, before)}</button>}
      </td>
      <td>{kind === 'gone' ? <span className="muted">{t('audit.gone')}</span> : value(key, after)}</td>
    </tr>
  );
}
