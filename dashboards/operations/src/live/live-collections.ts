import type { AlertView, CaseView } from '@brain/contracts';

/** Finished things stay long enough for an open drawer to show the end, then go: a shift may last for days. */
const FINISHED_KEPT = 200;

export const isOpenAlert = (alert: AlertView): boolean => alert.state !== 'CLEARED_ACK';
export const isUnacknowledged = ({ state }: AlertView): boolean => state === 'ACTIVE_UNACK' || state === 'CLEARED_UNACK';
export const isOpenCase = ({ state }: CaseView): boolean => state !== 'closed' && state !== 'voided' && state !== 'merged';

/** Whether what is known stays although a view came. */
export type Keeps = (known: { readonly revision: number }, came: { readonly revision: number }) => boolean;

/** An older revision never replaces a newer one: the answer to our own command may be ahead of the stream. */
export const keepsNewer: Keeps = (known, came) => known.revision > came.revision;

/** What is told in order is taken in that order: as things turned out, a later event may have been recorded earlier. */
export const keepsNothing: Keeps = () => false;

export function upsertAlerts(map: ReadonlyMap<string, AlertView>, views: readonly AlertView[], keeps = keepsNewer): ReadonlyMap<string, AlertView> {
  return upsertRevised(map, views, (alert) => alert.alertId, isOpenAlert, keeps);
}

export function upsertCases(map: ReadonlyMap<string, CaseView>, views: readonly CaseView[], keeps = keepsNewer): ReadonlyMap<string, CaseView> {
  return upsertRevised(map, views, (one) => one.caseId, isOpenCase, keeps);
}

function upsertRevised<View extends { readonly revision: number }>(
  map: ReadonlyMap<string, View>,
  views: readonly View[],
  id: (view: View) => string,
  isOpen: (view: View) => boolean,
  keeps: Keeps,
): ReadonlyMap<string, View> {
  if (views.length === 0) return map;
  const next = new Map(map);
  for (const view of views) {
    const known = next.get(id(view));
    if (known !== undefined && keeps(known, view)) continue;
    if (!isOpen(view)) next.delete(id(view)); // to the end: the newest finished are kept longest
    next.set(id(view), view);
  }
  dropOldest(next, isOpen);
  return next;
}

function dropOldest<View>(map: Map<string, View>, isOpen: (view: View) => boolean): void {
  const finished = [...map].filter(([, view]) => !isOpen(view));
  for (const [id] of finished.slice(0, Math.max(0, finished.length - FINISHED_KEPT))) map.delete(id);
}
