import { Segmented } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SPEEDS } from './past-player.js';
import { usePlayback, usePlayer } from './playback-context.js';

export function Speeds(): ReactNode {
  const { t } = useTranslation();
  const { tell } = usePlayback();
  const speed = usePlayer((player) => player.speed);
  return (
    <Segmented
      value={speed}
      aria-label={t('past.speed')}
      data-testid="past-speed"
      options={SPEEDS.map((value) => ({ value, label: `${value}×` }))}
      onChange={(value) => tell({ type: 'speed-chosen', speed: value })}
    />
  );
}
