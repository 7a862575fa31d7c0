import { Segmented, Tooltip } from 'antd';
import type { PointerEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PAST_AXES } from '@brain/contracts';
import { MomentPicker } from '../time/moment-picker.js';
import { DaySlider } from './day-slider.js';
import { SETTLED_MS } from './past-player.js';
import { usePlayback, usePlayer } from './playback-context.js';
import { Speeds } from './speeds.js';
import { Transport } from './transport.js';
import type { Jump } from './use-past-address.js';
import type { Walk } from './use-walk.js';

interface TimeBarProps {
  readonly jump: Jump;
  readonly walk: Walk;
}

export function TimeBar({ jump, walk }: TimeBarProps): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="time-bar panel" role="group" aria-label={t('past.timeBar')} data-testid="time-bar" onPointerUp={giveKeysBack}>
      <div className="time-bar-row">
        <Moment jump={jump} />
        <Transport walk={walk} />
        <Speeds />
        <span style={{ flex: 1 }} />
        <Axis jump={jump} />
      </div>
      <DaySlider jump={jump} />
    </div>
  );
}

/** Who used the mouse goes on with the keys of the page: space plays, it does not press the last button again. */
function giveKeysBack({ target }: PointerEvent): void {
  if (target instanceof Element && target.closest('button, [type=radio], [type=range], .ant-segmented') !== null) {
    requestAnimationFrame(() => (document.activeElement as HTMLElement | null)?.blur());
  }
}

function Moment({ jump }: Pick<TimeBarProps, 'jump'>): ReactNode {
  const { t } = useTranslation();
  const at = usePlayer(({ playhead }) => Math.floor(playhead / 1000) * 1000);
  return (
    <MomentPicker
      value={new Date(at).toISOString()}
      notAfter={Date.now()}
      format="YYYY-MM-DD HH:mm:ss"
      label={t('past.moment')}
      testId="past-date"
      onChange={(chosen) => jump(Math.min(Date.parse(chosen), Date.now() - SETTLED_MS))}
    />
  );
}

function Axis({ jump }: Pick<TimeBarProps, 'jump'>): ReactNode {
  const { t } = useTranslation();
  const { store } = usePlayback();
  const as = usePlayer((player) => player.as);
  return (
    <Segmented
      value={as}
      aria-label={t('past.axis')}
      data-testid="past-axis"
      options={PAST_AXES.map((value) => ({ value, label: <Tooltip title={t(`past.said-${value}`)}><span>{t(`past.as-${value}`)}</span></Tooltip> }))}
      onChange={(value) => jump(store.get().playhead, value)}
    />
  );
}
