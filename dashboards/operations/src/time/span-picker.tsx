import { DatePicker } from 'antd';
import type { ReactNode } from 'react';
import { useZone } from './zone.js';
import { instantOf, wallClock } from './wall-clock.js';

/** ISO 8601; absent: open at that end. */
export interface Between {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

interface SpanPickerProps {
  readonly value?: Between;
  readonly onChange?: (between: Between) => void;
  readonly placeholder: readonly [from: string, to: string];
  readonly width?: string;
}

/** From and to by the clock of the installation; either may be left open. */
export function SpanPicker({ value = {}, onChange, placeholder, width = '20rem' }: SpanPickerProps): ReactNode {
  const zone = useZone();
  const wall = (time: string | undefined) => (time === undefined || Number.isNaN(Date.parse(time)) ? null : wallClock(time, zone));
  const { from, to } = value;
  return (
    <DatePicker.RangePicker
      showTime={{ format: 'HH:mm' }}
      format="YYYY-MM-DD HH:mm"
      allowEmpty={[true, true]}
      placeholder={[...placeholder]}
      style={{ width }}
      value={from === undefined && to === undefined ? null : [wall(from), wall(to)]}
      onChange={(dates) => onChange?.({ from: dates?.[0] ? instantOf(dates[0], zone) : undefined, to: dates?.[1] ? instantOf(dates[1], zone) : undefined })}
    />
  );
}
