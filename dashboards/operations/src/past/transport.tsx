import {
  BackwardOutlined, CaretRightFilled, FastBackwardOutlined, FastForwardOutlined, ForwardOutlined, LoadingOutlined, PauseOutlined, StepBackwardOutlined, StepForwardOutlined,
} from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isWaiting } from './past-player.js';
import { usePlayer } from './playback-context.js';
import { HOUR, MINUTE } from './use-past-keys.js';
import type { Walk } from './use-walk.js';

export function Transport({ walk }: { readonly walk: Walk }): ReactNode {
  return (
    <div className="transport" role="group">
      <Step name="previous" keys="[" icon={<StepBackwardOutlined />} onPress={walk.toPrevious} />
      <Step name="hourBack" keys="Shift+←" icon={<FastBackwardOutlined />} onPress={() => walk.by(-HOUR)} />
      <Step name="minuteBack" keys="←" icon={<BackwardOutlined />} onPress={() => walk.by(-MINUTE)} />
      <Play walk={walk} />
      <Step name="minuteOn" keys="→" icon={<ForwardOutlined />} onPress={() => walk.by(MINUTE)} />
      <Step name="hourOn" keys="Shift+→" icon={<FastForwardOutlined />} onPress={() => walk.by(HOUR)} />
      <Step name="next" keys="]" icon={<StepForwardOutlined />} onPress={walk.toNext} />
    </div>
  );
}

function Play({ walk }: { readonly walk: Walk }): ReactNode {
  const { t } = useTranslation();
  const playing = usePlayer((player) => player.playing);
  const waiting = usePlayer(isWaiting);
  const label = t(playing ? 'past.pause' : 'past.play');
  return (
    <Tooltip title={waiting ? t('past.waiting') : `${label} (${t('past.space')})`}>
      <Button
        type="primary"
        icon={waiting ? <LoadingOutlined /> : playing ? <PauseOutlined /> : <CaretRightFilled />}
        aria-label={label}
        aria-busy={waiting}
        data-testid="past-play"
        data-state={waiting ? 'waiting' : playing ? 'playing' : 'paused'}
        onClick={walk.toggle}
      />
    </Tooltip>
  );
}

interface StepProps {
  readonly name: 'previous' | 'hourBack' | 'minuteBack' | 'minuteOn' | 'hourOn' | 'next';
  readonly keys: string;
  readonly icon: ReactNode;
  readonly onPress: () => void;
}

function Step({ name, keys, icon, onPress }: StepProps): ReactNode {
  const { t } = useTranslation();
  const label = t(`past.${name}`);
  return (
    <Tooltip title={`${label} (${keys})`}>
      <Button type="text" icon={icon} aria-label={label} data-testid={`past-${name}`} onClick={onPress} />
    </Tooltip>
  );
}
