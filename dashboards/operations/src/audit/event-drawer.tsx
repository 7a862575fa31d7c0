import { useQuery } from '@tanstack/react-query';
import { Drawer, Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEvent } from '@brain/contracts';
import { getAuditEvent } from '../api/audit.js';
import { Failure } from '../elements/failure.js';
import { Waiting } from '../elements/waiting.js';
import { EventChanges } from './event-changes.js';
import { EventFacts } from './event-facts.js';
import { EventProofPanel } from './event-proof-panel.js';
import { EventStoryPanel } from './event-story-panel.js';
import { useEventTitle } from './use-event-title.js';

interface EventDrawerProps {
  readonly eventId: string | null;
  readonly onOpen: (eventId: string) => void;
  readonly onClose: () => void;
}

export function EventDrawer({ eventId, onOpen, onClose }: EventDrawerProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Drawer open={eventId !== null} onClose={onClose} size="min(56rem, 96vw)" destroyOnHidden title={t('audit.detail')} data-testid="audit-drawer">
      {eventId !== null && <Opened key={eventId} eventId={eventId} onOpen={onOpen} />}
    </Drawer>
  );
}

function Opened({ eventId, onOpen }: Pick<EventDrawerProps, 'onOpen'> & { readonly eventId: string }): ReactNode {
  // What is recorded never changes.
  const found = useQuery({ queryKey: ['audit', 'event', eventId], queryFn: () => getAuditEvent(eventId), staleTime: Infinity });
  if (found.error !== null) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  return found.data === undefined ? <Waiting /> : <Detail event={found.data} onOpen={onOpen} />;
}

function Detail({ event, onOpen }: { readonly event: AuditEvent; readonly onOpen: (eventId: string) => void }): ReactNode {
  const { t } = useTranslation();
  const title = useEventTitle();
  return (
    <article data-testid="audit-detail" data-event-id={event.eventId}>
      <h2 className="audit-title">{title(event.type)} <code className="muted">{event.type}</code></h2>
      <EventFacts event={event} />
      <Tabs
        items={[
          { key: 'changes', label: t('audit.changes'), children: <EventChanges event={event} onOpen={onOpen} /> },
          { key: 'story', label: <span data-testid="audit-story-tab">{t('audit.story')}</span>, children: <EventStoryPanel eventId={event.eventId} onOpen={onOpen} /> },
          { key: 'proof', label: <span data-testid="audit-proof-tab">{t('audit.proof')}</span>, children: <EventProofPanel event={event} /> },
          { key: 'json', label: 'JSON', children: <pre className="payload audit-json">{JSON.stringify(event, null, 2)}</pre> },
        ]}
      />
    </article>
  );
}
