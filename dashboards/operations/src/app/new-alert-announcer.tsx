import { useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { announcement } from '../live/announce.js';

/** Says a new alert to a screen reader. */
export function NewAlertAnnouncer(): ReactNode {
  const { t } = useTranslation();
  const alert = useSyncExternalStore(announcement.subscribe, announcement.get);
  return (
    <div className="visually-hidden" aria-live="assertive">
      {alert !== null && `${t(`field.severity-${alert.severity}`)} ${alert.title} ${alert.deviceName}`}
    </div>
  );
}
