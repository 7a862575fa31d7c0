import { HistoryOutlined, ThunderboltOutlined } from '@ant-design/icons';
import { useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePreferences } from '../app/preferences.js';
import { cameMeanwhile } from '../live/announce.js';
import { useTimeFormat, zoneAt } from '../time/format.js';
import { useZone } from '../time/zone.js';
import { usePlayer } from './playback-context.js';

/** Which moment this is, in full, where nobody can miss it. */
export function PastBanner(): ReactNode {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const timeZone = useZone();
  const { dateTime, weekday } = useTimeFormat();
  const at = usePlayer(({ playhead }) => Math.floor(playhead / 1000) * 1000);
  const as = usePlayer((player) => player.as);
  const playing = usePlayer((player) => player.playing);
  const moment = `${dateTime(at)} ${weekday(at)}`;
  return (
    <header className="past-banner">
      <strong className="past-word"><HistoryOutlined aria-hidden="true" /> {t('past.past')}</strong>
      <time className="past-moment numbers" dateTime={new Date(at).toISOString()} data-testid="past-moment">{moment}</time>
      <span>{zoneAt(locale, at, timeZone)}</span>
      <span className="past-axis-said one-line" title={t(`past.said-${as}`)}>{t(`past.said-${as}`)}</span>
      <span style={{ flex: 1 }} />
      <Meanwhile />
      <Link to="/" className="past-live" data-testid="past-live"><ThunderboltOutlined /> {t('past.backToLive')}</Link>
      <span className="visually-hidden" aria-live="polite">{playing ? '' : `${t('past.past')} ${moment}`}</span>
    </header>
  );
}

/** Sound and voice are off here, so that nobody takes an alarm of today for one of that day. */
function Meanwhile(): ReactNode {
  const { t } = useTranslation();
  const count = useSyncExternalStore(cameMeanwhile.subscribe, cameMeanwhile.get) ?? 0;
  return <span role="status">{count > 0 && <Link to="/" className="past-meanwhile" data-testid="past-meanwhile">{t('past.meanwhile', { count })}</Link>}</span>;
}
