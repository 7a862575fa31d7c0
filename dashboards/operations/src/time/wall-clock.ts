import dayjs, { type Dayjs } from 'dayjs';
import './zone.js';

const PLAIN = 'YYYY-MM-DDTHH:mm:ss.SSS';

/** What a clock in the zone shows at that time, for date pickers, which know the browser's zone alone. */
export function wallClock(time: string | number, zone: string): Dayjs {
  return dayjs(dayjs(time).tz(zone).format(PLAIN));
}

/** When a clock in the zone shows that. */
export function instantOf(wall: Dayjs, zone: string): string {
  return dayjs.tz(wall.format(PLAIN), zone).toISOString();
}

/** For charts, whose axes know UTC or the browser's zone alone: the time that UTC's clock shows what the zone's does. */
export function asUtc(time: number, zone: string): number {
  return time + dayjs(time).tz(zone).utcOffset() * 60_000;
}
