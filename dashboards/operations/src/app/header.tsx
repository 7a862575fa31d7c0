import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../time/clock.js';
import { useTimeFormat } from '../time/format.js';
import { AccountMenu } from './account-menu.js';
import { ConnectionBadge } from './connection-badge.js';
import { Mark } from './mark.js';
import { ScopeName } from './scope-name.js';
import { SoundSwitch } from './sound-switch.js';
import { LocaleSwitch, ThemeSwitch } from './switches.js';

export function Header({ onHelp }: { readonly onHelp: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <header className="bar">
      <Mark />
      <strong className="bar-title">{t('shell.product')}</strong>
      <ScopeName />
      <span className="bar-gap" />
      <ConnectionBadge />
      <WallClock />
      <SoundSwitch />
      <Tooltip title={`${t('shell.help')} (?)`}>
        <Button type="text" icon={<QuestionCircleOutlined />} aria-label={t('shell.help')} data-testid="help" onClick={onHelp} />
      </Tooltip>
      <LocaleSwitch />
      <ThemeSwitch />
      <AccountMenu />
    </header>
  );
}

function WallClock(): ReactNode {
  const { t } = useTranslation();
  const { dateTime, zone } = useTimeFormat();
  const now = useNow();
  return (
    <Tooltip title={t('shell.timesIn', { zone })}>
      <time className="bar-clock numbers" dateTime={new Date(now).toISOString()}>
        {dateTime(now)} <span className="muted">{zone.replace(/^.*\(|\)$/g, '')}</span>
      </time>
    </Tooltip>
  );
}
