import { ReloadOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { problemOf } from '../api/api-error.js';
import { Failure } from '../elements/failure.js';
import { AuditExport } from './audit-export.js';
import { AuditForm } from './audit-form.js';
import { AuditList } from './audit-list.js';
import { readSearch, writeSearch, type AuditSearch } from './audit-search.js';
import './audit.css';
import { EventDrawer } from './event-drawer.js';
import { EvidenceButton } from './evidence-button.js';
import { evidenceOf } from './fetch-evidence.js';
import { useAuditCount, useAuditEvents } from './use-audit-events.js';
import { useCountText } from './use-count-text.js';

/** The search and the open event are in the address: they can be sent to somebody, and "back" goes back. */
export default function AuditPage(): ReactNode {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const search = readSearch(address);
  const opened = address.get('event');
  const found = useAuditEvents(search);
  const count = useAuditCount(search);
  const countText = useCountText();
  const lookFor = (next: AuditSearch): void => setAddress(writeSearch(next));
  const open = (event: string): void => setAddress({ ...writeSearch(search), event });
  return (
    <div className="page audit">
      <div className="page-head">
        <h1>{t('shell.audit')}</h1>
        <span className="muted numbers" role="status" data-testid="audit-count">{count.data !== undefined && t('audit.found', { count: countText(count.data) })}</span>
        <Refresh />
        <span style={{ flex: 1 }} />
        <EvidenceButton about={evidenceOf(search)} />
        <AuditExport search={search} count={count.data} />
      </div>
      <AuditForm search={search} onSearch={lookFor} />
      {found.error === null ? (
        <AuditList
          events={found.data?.pages.flatMap(({ items }) => items) ?? []}
          loading={found.isLoading || found.isFetchingNextPage}
          chosen={opened}
          onOpen={open}
          onEnd={() => {
            if (found.hasNextPage && !found.isFetchingNextPage) void found.fetchNextPage();
          }}
        />
      ) : (
        <Refused error={found.error} onRetry={() => void found.refetch()} />
      )}
      <EventDrawer eventId={opened} onOpen={open} onClose={() => setAddress(writeSearch(search))} />
    </div>
  );
}

/** What is new since: the list does not move by itself under somebody who reads. */
function Refresh(): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const refresh = (): void => {
    for (const part of ['events', 'count', 'checkpoint']) void client.invalidateQueries({ queryKey: ['audit', part] });
  };
  return <Tooltip title={t('audit.refresh')}><Button size="small" type="text" icon={<ReloadOutlined />} aria-label={t('audit.refresh')} data-testid="audit-refresh" onClick={refresh} /></Tooltip>;
}

function Refused({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }): ReactNode {
  return (
    <>
      <Failure error={error} onRetry={onRetry} />
      <ul className="muted">{problemOf(error).errors?.map(({ path, message }) => <li key={path}><code>{path}</code> {message}</li>)}</ul>
    </>
  );
}
