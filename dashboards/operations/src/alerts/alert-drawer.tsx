import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { READERS, type AlertView } from '@brain/contracts';
import { getAlert } from '../api/alerts.js';
import { loadedLater } from '../app/loaded-later.js';
import { useAreaNames } from '../areas/use-area-names.js';
import { Failure } from '../elements/failure.js';
import { History } from '../elements/history.js';
import { SeverityTag } from '../elements/severity-tag.js';
import { useActorName } from '../elements/use-actor-name.js';
import { Waiting } from '../elements/waiting.js';
import { useCommands, useRoom, useRoomState } from '../room/room.js';
import { momentOf } from '../room/moment-of.js';
import { ThenLink } from '../room/then-link.js';
import { TodayLink } from '../room/today-link.js';
import { hasRole } from '../session/user.js';
import { useUser } from '../session/use-user.js';
import { useTimeFormat } from '../time/format.js';
import { AlertActions } from './alert-actions.js';
import { readingText } from './reading-text.js';

const AlertChart = loadedLater(async () => ({ default: (await import('./alert-chart.js')).AlertChart }));

export function AlertDrawer({ alertId, onClose }: { readonly alertId: string | null; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <Drawer open={alertId !== null} onClose={onClose} size="min(42rem, 94vw)" destroyOnHidden title={t('alerts.detail')} data-testid="alert-drawer">
      {alertId !== null && <Content alertId={alertId} />}
    </Drawer>
  );
}

function Content({ alertId }: { readonly alertId: string }): ReactNode {
  const room = useRoom();
  const inRoom = useRoomState((state) => state.alerts.get(alertId));
  const [moment] = useState(() => momentOf(room));
  const found = useQuery({ queryKey: ['alert', alertId, moment], queryFn: () => getAlert(alertId, moment), enabled: inRoom === undefined });
  const alert = inRoom ?? found.data;
  if (alert !== undefined) return <Detail alert={alert} />;
  return found.error === null ? <Waiting /> : <Failure error={found.error} onRetry={() => void found.refetch()} />;
}

function Detail({ alert }: { readonly alert: AlertView }): ReactNode {
  const { t } = useTranslation();
  const commands = useCommands();
  const seesReadings = useSeesReadings();
  return (
    <article data-testid="alert-detail" data-alert-id={alert.alertId} data-state={alert.state}>
      <h2 style={{ margin: '0 0 0.5rem', fontSize: '1.25rem' }}>{alert.title}</h2>
      <div style={{ display: 'flex', gap: '0.75rem', marginBottom: '1rem' }}>
        <SeverityTag severity={alert.severity} />
        <span className="chip">{t(`alerts.state-${alert.state}`)}</span>
      </div>
      {commands === null ? <TodayLink to={`/alerts?alert=${alert.alertId}`} /> : <AlertActions alert={alert} commands={commands} />}
      <Facts alert={alert} />
      {seesReadings && <h3 style={{ margin: '1.5rem 0 0.5rem', fontSize: '0.9375rem' }}>{t('alerts.chart')}</h3>}
      {seesReadings && <Suspense fallback={<Waiting />}><AlertChart alert={alert} /></Suspense>}
      <h3 className="section-title">{t('cases.history')}</h3>
      <AlertHistory alert={alert} />
    </article>
  );
}

/** Asked for again whenever the alert has moved; what was there stays until the answer is. */
function AlertHistory({ alert: { alertId, revision } }: { readonly alert: AlertView }): ReactNode {
  const room = useRoom();
  const found = useQuery({
    queryKey: ['alert', alertId, 'history', room.time, revision],
    queryFn: () => getAlert(alertId, momentOf(room)),
    placeholderData: keepPreviousData,
  });
  if (found.data !== undefined) return <History history={found.data.history} />;
  return found.error === null ? <Waiting /> : <Failure error={found.error} onRetry={() => void found.refetch()} />;
}

/** The page of the device and the chart here show them. */
function useSeesReadings(): boolean {
  return hasRole(useUser(), ...READERS.reading);
}

function Facts({ alert }: { readonly alert: AlertView }): ReactNode {
  const { t } = useTranslation();
  const room = useRoom();
  const areas = useAreaNames();
  const actorName = useActorName();
  const { dateTime } = useTimeFormat();
  const seesReadings = useSeesReadings();
  return (
    <dl className="facts">
      <dt>{t('field.device')}</dt>
      <dd>{room.time === 'past' || !seesReadings ? alert.deviceName : <Link to={`/devices?device=${alert.deviceId}`}>{alert.deviceName}</Link>}</dd>
      <dt>{t('field.area')}</dt>
      <dd>{areas.label(alert.areaCode)}</dd>
      <dt>{t('alerts.reading')}</dt>
      <dd className="numbers">{readingText(alert.reading)}</dd>
      <dt>{t('alerts.occurrences')}</dt>
      <dd className="numbers">{alert.occurrences}</dd>
      <dt>{t('alerts.raisedAt')}</dt>
      <dd className="numbers">{dateTime(alert.raisedAt)}<ThenLink time={alert.raisedAt} /></dd>
      <dt>{t('alerts.updatedAt')}</dt>
      <dd className="numbers">{dateTime(alert.updatedAt)}</dd>
      {alert.clearedAt !== null && <><dt>{t('alerts.clearedAt')}</dt><dd className="numbers">{dateTime(alert.clearedAt)}</dd></>}
      {alert.acknowledgedBy !== null && (
        <><dt>{t('alerts.acknowledgedBy')}</dt><dd>{actorName({ type: 'user', id: alert.acknowledgedBy })}</dd></>
      )}
      {alert.caseId !== null && <><dt>{t('alerts.case')}</dt><dd><CaseLink caseId={alert.caseId} /></dd></>}
    </dl>
  );
}

function CaseLink({ caseId }: { readonly caseId: string }): ReactNode {
  const { t } = useTranslation();
  const room = useRoom();
  if (room.time === 'now') return <Link to={`/cases?case=${caseId}`}>{t('alerts.openCase')}</Link>;
  return <button type="button" className="linkish" data-testid="past-open-case" onClick={() => room.openCase(caseId)}>{t('alerts.openCase')}</button>;
}
