import { getPastRoom, listPastChanges, listPastWorkload } from '../api/past.js';
import type { PastReads } from './past-playback.js';

export const pastReads: PastReads = {
  room: getPastRoom,
  changes: listPastChanges,
  workload: listPastWorkload,
};
