import { DatePicker } from 'antd';
import type { ReactNode } from 'react';
import { useZone } from './zone.js';
import { instantOf, wallClock } from './wall-clock.js';

interface MomentPickerProps {
  /** ISO 8601. Ant Design's form hands it and what follows it in. */
  readonly value?: string | undefined;
  readonly onChange?: (time: string) => void;
  readonly id?: string;
  readonly format?: string;
  readonly notBefore?: string | number;
  readonly notAfter?: string | number;
  readonly label?: string;
  readonly testId?: string;
  readonly width?: string;
}

/** A moment by the clock of the installation, whatever zone the browser is in. */
export function MomentPicker({ value, onChange, id, format = 'YYYY-MM-DD HH:mm', notBefore, notAfter, label, testId, width }: MomentPickerProps): ReactNode {
  const zone = useZone();
  return (
    <DatePicker
      showTime
      allowClear={false}
      format={format}
      value={value === undefined ? null : wallClock(value, zone)}
      onChange={(wall) => wall !== null && onChange?.(instantOf(wall, zone))}
      {...(width === undefined ? {} : { style: { width } })}
      {...(id === undefined ? {} : { id })}
      {...(notBefore === undefined ? {} : { minDate: wallClock(notBefore, zone) })}
      {...(notAfter === undefined ? {} : { maxDate: wallClock(notAfter, zone) })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(testId === undefined ? {} : { 'data-testid': testId })}
    />
  );
}
