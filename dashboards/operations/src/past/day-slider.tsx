import { useQuery } from '@tanstack/react-query';
import { Button, Tooltip } from 'antd';
import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useTimeFormat } from '../time/format.js';
import { useZone } from '../time/zone.js';
import { useNow } from '../time/clock.js';
import { instantOf, wallClock } from '../time/wall-clock.js';
import { dayOf, hourMarks, type PastDay } from './past-day.js';
import { density } from './past-density.js';
import { SETTLED_MS } from './past-player.js';
import { usePlayer } from './playback-context.js';
import { raisedOn } from './raised-on.js';
import type { Jump } from './use-past-address.js';

const MINUTE = 60_000;

/** The whole day from 00:00 to 24:00 as it was lived here, with the alerts raised in it. */
export function DaySlider({ jump }: { readonly jump: Jump }): ReactNode {
  const { t } = useTranslation();
  const { dateTime, clock } = useTimeFormat();
  const zone = useZone();
  const from = usePlayer(({ playhead }) => dayStart(playhead, zone));
  const day = useMemo(() => dayOf(from, zone), [from, zone]);
  const at = usePlayer(({ playhead }) => Math.floor(playhead / 1000) * 1000);
  const now = useNow(MINUTE) - SETTLED_MS;
  const [dragged, setDragged] = useState<number | null>(null);
  const value = dragged ?? at;
  const share = (time: number): number => ((time - day.from) / (day.to - day.from)) * 100;
  const drop = (): void => {
    if (dragged !== null) jump(Math.min(dragged, now));
    setDragged(null);
  };
  const turn = (days: 1 | -1): void => jump(Math.min(sameTime(at, days, zone), now));
  return (
    <div className="day">
      <Tooltip title={t('past.dayBefore')}><Button type="text" size="small" icon={<LeftOutlined />} aria-label={t('past.dayBefore')} onClick={() => turn(-1)} /></Tooltip>
      <div className="day-track">
        <Density day={day} share={share} />
        <span className="day-line" />
        {now < day.to && <div className="day-rest"><span className="day-future" style={{ left: `${Math.max(0, share(now))}%` }} /></div>}
        <input
          type="range"
          className="day-range"
          min={day.from}
          max={day.to}
          step={MINUTE}
          value={value}
          aria-label={t('past.timeOfDay')}
          aria-valuetext={dateTime(value)}
          data-testid="past-slider"
          onChange={({ target }) => setDragged(Number(target.value))}
          onPointerUp={drop}
          onKeyUp={drop}
          onBlur={drop}
        />
        {dragged !== null && <output className="day-tip numbers" style={{ left: `${share(dragged)}%` }}>{clock(dragged)}</output>}
        <div className="day-marks numbers" aria-hidden="true">
          {hourMarks(day, zone).map(({ at: time, label }) => <span key={time} style={{ left: `${share(time)}%` }}>{label}</span>)}
        </div>
      </div>
      <Tooltip title={t('past.dayAfter')}><Button type="text" size="small" icon={<RightOutlined />} aria-label={t('past.dayAfter')} disabled={now < day.to} onClick={() => turn(1)} /></Tooltip>
    </div>
  );
}

interface DensityProps {
  readonly day: PastDay;
  readonly share: (time: number) => number;
}

function Density({ day, share }: DensityProps): ReactNode {
  const { data } = useQuery({ queryKey: ['past-density', day.from], queryFn: () => raisedOn(day), staleTime: MINUTE, retry: false });
  const bars = useMemo(() => density(data ?? [], day), [data, day]);
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return (
    <div className="day-density" aria-hidden="true" data-testid="past-density">
      {bars.map(({ from, count, worst }) => (
        <i key={from} className={`severity-${worst}`} style={{ left: `${share(from)}%`, height: `${20 + 80 * (count / most)}%` }} />
      ))}
    </div>
  );
}

/** On the same time of the clock, whatever was done to the clocks between. */
function sameTime(at: number, days: 1 | -1, zone: string): number {
  return Date.parse(instantOf(wallClock(at, zone).add(days, 'day'), zone));
}

let known: PastDay | undefined;

/** Asked ten times a second: the day last found is looked at first. */
function dayStart(at: number, zone: string): number {
  if (known === undefined || at < known.from || at >= known.to) known = dayOf(at, zone);
  return known.from;
}
