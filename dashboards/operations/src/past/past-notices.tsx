import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Failure } from '../elements/failure.js';
import { isEmpty } from './past-player.js';
import { usePlayback, usePlayer } from './playback-context.js';

/** Why it stands still, or why there is nothing to see. */
export function PastNotices(): ReactNode {
  const { t } = useTranslation();
  const { tell } = usePlayback();
  const shown = usePlayer(({ picture }) => picture.state === 'shown');
  const fault = usePlayer((player) => player.fault);
  const atNow = usePlayer((player) => player.atNow);
  const empty = usePlayer(isEmpty);
  if (shown && fault !== null) return <Failure error={fault} onRetry={() => tell({ type: 'retried' })} />;
  if (atNow) {
    return (
      <Alert
        banner type="info" role="status" data-testid="past-at-now" title={t('past.atNow')}
        action={<Link to="/"><Button size="small" type="primary">{t('past.backToLive')}</Button></Link>}
      />
    );
  }
  if (empty) return <Alert banner type="info" role="status" data-testid="past-empty" title={t('past.empty')} />;
  return null;
}
