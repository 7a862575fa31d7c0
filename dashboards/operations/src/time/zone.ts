import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';
import { useSyncExternalStore } from 'react';
import { createExternalStore } from '../elements/external-store.js';

dayjs.extend(utc);
dayjs.extend(timezone);

const zone = createExternalStore('Asia/Shanghai');

/** The zone of the installation, as the server says: the same day and hour on every screen, wherever it stands. */
export function liveIn(name: string): void {
  zone.set(name);
  dayjs.tz.setDefault(name); // "today" and "now" of the date pickers
}

export function useZone(): string {
  return useSyncExternalStore(zone.subscribe, zone.get);
}
