import type { Moment } from '../api/past.js';
import type { Room } from './room.js';

/** For the server: nothing means now. */
export function momentOf(room: Room): Moment {
  return room.time === 'past' ? { at: room.at(), as: room.as } : {};
}
