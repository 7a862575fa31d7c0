import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AuditEvent } from '@brain/contracts';
import { useAreaNames } from '../areas/use-area-names.js';
import { useActorName } from '../elements/use-actor-name.js';
import { ThenLink } from '../room/then-link.js';
import { useTimeFormat } from '../time/format.js';
import { writeSearch } from './audit-search.js';

/** Who, when, where, and of what. */
export function EventFacts({ event }: { readonly event: AuditEvent }): ReactNode {
  const { t } = useTranslation();
  const areas = useAreaNames();
  const actorName = useActorName();
  const { dateTime } = useTimeFormat();
  const { time, recordedAt, actor, address, areaCode, subject, revision, correlationId, position } = event;
  return (
    <dl className="facts">
      <dt>{t('audit.time')}</dt>
      <dd className="numbers">{dateTime(time)} <span className="muted">{t('audit.recordedAt', { time: dateTime(recordedAt) })}</span><ThenLink time={recordedAt} /></dd>
      <dt>{t('audit.actor')}</dt>
      <dd>{actorName(actor)} <code className="muted">{actor.id}</code>{typeof address === 'string' && <span className="muted"> {t('audit.fromAddress', { address })}</span>}</dd>
      <dt>{t('audit.area')}</dt>
      <dd>{areaCode === null ? t('audit.noArea') : <>{areas.label(areaCode)} <code className="muted">{areaCode}</code></>}</dd>
      <dt>{t('audit.subject')}</dt>
      <dd><Link to={{ search: addressOf({ subject }) }}>{subject}</Link> <span className="muted numbers">#{revision}</span></dd>
      <dt>{t('audit.correlation')}</dt>
      <dd><Link to={{ search: addressOf({ correlation: correlationId }) }}>{correlationId}</Link></dd>
      <dt>{t('audit.position')}</dt>
      <dd className="numbers">{position}</dd>
    </dl>
  );
}

function addressOf(search: { readonly subject?: string; readonly correlation?: string }): string {
  return new URLSearchParams(writeSearch({ ...search, order: 'asc' })).toString();
}
