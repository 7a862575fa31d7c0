import { HistoryOutlined, QuestionCircleOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { useNow } from '../time/clock.js';
import { useTimeFormat } from '../time/format.js';
import { AccountMenu } from './account-menu.js';
import { ConnectionBadge } from './connection-badge.js';
import { Mark } from './mark.js';
import { PAST_PATH } from './past-page.js';
import { ScopeName } from './scope-name.js';
import { SoundSwitch } from './sound-switch.js';
import { LocaleSwitch, ThemeSwitch } from './switches.js';

export function Header({ onHelp }: { readonly onHelp: () => void }): ReactNode {
  const { t } = useTranslation();
  const past = useLocation().pathname === PAST_PATH;
  return (
    <header className="bar">
      <Mark />
      <strong className="bar-title">{t('shell.product')}</strong>
      <ScopeName />
      <span className="bar-gap" />
      {past ? <PastBadge /> : <ConnectionBadge />}
      <WallClock now={past} />
      {!past && <SoundSwitch />}
      <Tooltip title={`${t('shell.help')} (?)`}>
        <Button type="text" icon={<QuestionCircleOutlined />} aria-label={t('shell.help')} data-testid="help" onClick={onHelp} />
      </Tooltip>
      <LocaleSwitch />
      <ThemeSwitch />
      <AccountMenu />
    </header>
  );
}

/** The line is alive, the picture is not: the word for the line would be taken for the picture. */
function PastBadge(): ReactNode {
  const { t } = useTranslation();
  return <span className="connection" data-state="past" data-testid="past-badge"><HistoryOutlined aria-hidden="true" />{t('past.past')}</span>;
}

/** @param now beside a moment of the past it says which of the two it is */
function WallClock({ now: saysNow }: { readonly now: boolean }): ReactNode {
  const { t } = useTranslation();
  const { dateTime, zone } = useTimeFormat();
  const now = useNow();
  return (
    <Tooltip title={t('shell.timesIn', { zone })}>
      <time className="bar-clock numbers" dateTime={new Date(now).toISOString()}>
        {saysNow && <span className="muted">{t('past.now')} </span>}{dateTime(now)} <span className="muted">{zone.replace(/^.*\(|\)$/g, '')}</span>
      </time>
    </Tooltip>
  );
}
