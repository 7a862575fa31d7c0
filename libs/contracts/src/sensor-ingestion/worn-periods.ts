/** As events of a device tell it: from `since` on the device was that person's, or nobody's. */
export interface WearerChange {
  readonly since: string;
  readonly wearerId: string | null;
}

/** Milliseconds, `from` inclusive and `to` exclusive; null: without end on that side. */
export interface WornPeriod {
  readonly from: number | null;
  readonly to: number | null;
}

/**
 * Whose readings were those of the wearer? Of the times in which nobody wore the device, those next to the wearer's are
 * counted as theirs: a device's clock may be wrong, and rather too much is forgotten than too little.
 */
export function wornPeriods(changes: readonly WearerChange[], wearerId: string): readonly WornPeriod[] {
  const periods: WornPeriod[] = [];
  let from: number | null = null;
  let isWorn = false;
  let wasAnothers = false;
  for (const change of changes) {
    const isAnothers = change.wearerId !== null && change.wearerId !== wearerId;
    const at = Date.parse(change.since);
    if (isAnothers && isWorn) periods.push({ from, to: at });
    if (wasAnothers && !isAnothers) from = at;
    isWorn = !isAnothers && (isWorn || change.wearerId === wearerId);
    wasAnothers = isAnothers;
  }
  return isWorn ? [...periods, { from, to: null }] : periods;
}
