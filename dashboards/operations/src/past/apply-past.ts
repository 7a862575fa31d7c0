import type { PastChange } from '@brain/contracts';
import { keepsNothing } from '../live/live-collections.js';
import { applyViews, type LiveState } from '../live/live-state.js';

/** What was told, in its order: views in their places, and devices that left no more on the map. */
export function applyPast(room: LiveState, changes: readonly PastChange[]): LiveState {
  const shown = applyViews(room, changes.filter((change) => change.topic !== 'device-left'), keepsNothing);
  const gone = goneIn(changes);
  return gone.size === 0 ? shown : { ...shown, devices: new Map([...shown.devices].filter(([id]) => !gone.has(id))) };
}

/** Devices that left and did not come back. */
function goneIn(changes: readonly PastChange[]): ReadonlySet<string> {
  const gone = new Set<string>();
  for (const change of changes) {
    if (change.topic === 'device-left') gone.add(change.data.deviceId);
    else if (change.topic === 'device') gone.delete(change.data.deviceId);
  }
  return gone;
}
