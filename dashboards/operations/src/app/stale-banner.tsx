import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../live/use-live.js';
import { useNow } from '../time/clock.js';
import { useTimeFormat } from '../time/format.js';

/** A blink of the line is no news; a few seconds of silence are. */
const SILENCE_MS = 3000;

export function StaleBanner(): ReactNode {
  const { t } = useTranslation();
  const { clock } = useTimeFormat();
  const connection = useConnection();
  const now = useNow();
  switch (connection.state) {
    case 'connecting':
    case 'connected':
      return null;
    case 'reconnecting':
      if (now - connection.since < SILENCE_MS) return null;
      return <Alert banner type="warning" data-testid="stale-banner" title={t('shell.reconnectingSince', { time: clock(connection.since) })} />;
    case 'offline':
      return (
        <Alert
          banner
          type="error"
          data-testid="stale-banner"
          title={t('shell.offlineBecause', { code: connection.code })}
          action={<Button size="small" onClick={() => window.location.reload()}>{t('shell.reload')}</Button>}
        />
      );
  }
}
