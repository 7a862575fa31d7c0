import { Button, Spin } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '../elements/failure.js';
import { useTimeFormat } from '../time/format.js';
import { earliestOf } from './earliest-of.js';
import { usePlayback, usePlayer } from './playback-context.js';
import type { Jump } from './use-past-address.js';

/** What stands behind it is of another moment than the one asked for: it must not be taken for it. */
export function Veil({ jump }: { readonly jump: Jump }): ReactNode {
  const { t } = useTranslation();
  const { dateTime } = useTimeFormat();
  const { tell } = usePlayback();
  const picture = usePlayer((player) => player.picture.state);
  const fault = usePlayer((player) => player.fault);
  switch (picture) {
    case 'shown':
      return null;
    case 'loading':
      return <div className="past-veil" data-testid="past-loading" role="status" aria-label={t('shell.loading')}><Spin /></div>;
    case 'failed': {
      const earliest = earliestOf(fault);
      return (
        <div className="past-veil past-veil-full" data-testid="past-failed">
          <div className="past-failure">
            <Failure error={fault} onRetry={() => tell({ type: 'retried' })} />
            {earliest !== null && <Button onClick={() => jump(earliest)} data-testid="past-earliest">{t('past.earliest', { time: dateTime(earliest) })}</Button>}
          </div>
        </div>
      );
    }
  }
}
