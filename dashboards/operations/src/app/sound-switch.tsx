import { BellOutlined, SoundOutlined, MutedOutlined } from '@ant-design/icons';
import { Badge, Button, Tooltip } from 'antd';
import { useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { soundReady } from '../live/chime.js';
import { change, usePreferences } from './preferences.js';

/** On, muted, or still waiting for the gesture a browser demands. */
export function SoundSwitch(): ReactNode {
  const { t } = useTranslation();
  const { muted } = usePreferences();
  const ready = useSyncExternalStore(soundReady.subscribe, soundReady.get);
  const label = t(muted ? 'shell.soundMuted' : ready ? 'shell.soundOn' : 'shell.soundLocked');
  const icon = muted ? <MutedOutlined /> : ready ? <SoundOutlined /> : <BellOutlined />;
  return (
    <Tooltip title={label}>
      <Badge dot={!muted && !ready} offset={[-8, 8]}>
        <Button
          type="text"
          icon={icon}
          aria-label={label}
          aria-pressed={!muted}
          data-testid="sound-switch"
          data-state={muted ? 'muted' : ready ? 'on' : 'locked'}
          onClick={() => change({ muted: !muted })}
        />
      </Badge>
    </Tooltip>
  );
}
