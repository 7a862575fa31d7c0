import { CheckOutlined, FileDoneOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlertView } from '@brain/contracts';
import { useAreaNames } from '../areas/use-area-names.js';
import { readingText } from '../alerts/reading-text.js';
import { SeverityIcon } from '../elements/severity-icon.js';
import { isUnacknowledged } from '../live/live-collections.js';
import { RelativeTime } from '../time/relative-time.js';

interface AlertRowProps {
  readonly alert: AlertView;
  readonly selected: boolean;
  readonly onSelect: (alertId: string) => void;
  readonly onOpen: (alertId: string) => void;
  /** null: nothing can be done about it, as in the past. */
  readonly onAcknowledge: ((alertId: string) => void) | null;
}

export const AlertRow = memo(function AlertRow({ alert, selected, onSelect, onOpen, onAcknowledge }: AlertRowProps): ReactNode {
  const { t } = useTranslation();
  const areas = useAreaNames();
  const unseen = isUnacknowledged(alert);
  const cleared = alert.clearedAt !== null;
  return (
    <li
      className={`alert-row severity-${alert.severity}`}
      data-testid="alert-row"
      data-alert-id={alert.alertId}
      data-state={alert.state}
      data-severity={alert.severity}
      aria-current={selected}
      tabIndex={selected ? 0 : -1}
      onClick={() => onSelect(alert.alertId)}
      onDoubleClick={() => onOpen(alert.alertId)}
    >
      <SeverityIcon severity={alert.severity} />
      <div className="alert-row-body">
        <div className="alert-row-top">
          <button type="button" className="alert-title one-line" title={alert.title} onClick={() => onOpen(alert.alertId)}>{alert.title}</button>
          <RelativeTime time={alert.raisedAt} />
        </div>
        <div className="alert-row-place one-line muted">{alert.deviceName} · {areas.label(alert.areaCode)}</div>
        <div className="alert-row-facts">
          <span className="numbers">{readingText(alert.reading)}</span>
          {alert.occurrences > 1 && <span className="muted numbers">{t('live.times', { count: alert.occurrences })}</span>}
          {cleared && <span className="chip chip-good">{t('live.cleared')}</span>}
          {alert.caseId !== null && <span className="chip chip-info"><FileDoneOutlined />{t('live.hasCase')}</span>}
        </div>
      </div>
      {unseen && onAcknowledge !== null ? (
        <Button size="small" data-testid="alert-ack" icon={<CheckOutlined />} onClick={() => onAcknowledge(alert.alertId)}>{t('live.acknowledge')}</Button>
      ) : unseen ? (
        <span className="alert-seen">{t('live.unacknowledged')}</span>
      ) : (
        <span className="alert-seen muted" title={t('live.acknowledgedBy', { name: alert.acknowledgedBy ?? '' })}>{t('live.acknowledged')}</span>
      )}
    </li>
  );
});
