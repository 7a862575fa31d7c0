import { SEVERITIES, type AlertView } from '@brain/contracts';
import { preferences } from '../app/preferences.js';
import { createExternalStore } from '../elements/external-store.js';
import { chime } from './chime.js';

/** The worst of the alerts that just came, for the screen reader. */
export const announcement = createExternalStore<AlertView | null>(null);

/** While the past is on the screen nothing sounds or is said: how many came meanwhile; null: now is on the screen. */
export const cameMeanwhile = createExternalStore<number | null>(null);

/** One burst, one sound: that of its worst alert. */
export function announce(raised: readonly AlertView[]): void {
  const meanwhile = cameMeanwhile.get();
  if (meanwhile !== null) {
    cameMeanwhile.set(meanwhile + raised.length);
    return;
  }
  const worst = [...raised].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))[0];
  if (worst === undefined) return;
  announcement.set(worst);
  if (!preferences.get().muted) chime(worst.severity);
}
