import { SETTLED_MS, SHORTEST_MS, type PastPlayer } from './past-player.js';

/** How much watching one question is for: fewer questions, and a board that is never older than this. */
const WATCHED_MS = 3_000;
const SHORTEST_STRETCH_MS = 30_000;
/** So many changes may wait in memory; more are asked for when these are shown. */
export const MOST_WAITING = 4_000;

export type Want =
  | { readonly kind: 'room'; readonly at: number }
  | { readonly kind: 'changes'; readonly from: number; readonly to: number; readonly cursor: string | null }
  | { readonly kind: 'board'; readonly at: number };

/** The one thing to ask for next, the most urgent first; null: enough is known. */
export function wantOf(player: PastPlayer, now: number): Want | null {
  if (player.fault !== null) return null;
  switch (player.picture.state) {
    case 'failed':
      return null;
    case 'loading':
      return { kind: 'room', at: player.playhead };
    case 'shown':
      return boardNow(player) ?? moreChanges(player, now) ?? boardAhead(player);
  }
}

/** Who stands still looks closely: the board of exactly this moment. */
function boardNow({ playing, boardAt, playhead }: PastPlayer): Want | null {
  return !playing && boardAt < playhead ? { kind: 'board', at: playhead } : null;
}

function moreChanges({ ahead, playhead, speed, atNow }: PastPlayer, now: number): Want | null {
  const { until, rest, changes } = ahead;
  if (atNow || changes.length >= MOST_WAITING) return null;
  if (rest !== null) return { kind: 'changes', ...rest };
  const stretch = Math.max(SHORTEST_STRETCH_MS, speed * WATCHED_MS);
  const newest = now - SETTLED_MS;
  if (until >= playhead + 2 * stretch || newest - until < SHORTEST_MS) return null;
  return { kind: 'changes', from: until, to: Math.min(until + stretch, newest), cursor: null };
}

function boardAhead({ playing, ahead }: PastPlayer): Want | null {
  return playing && ahead.rest === null && ahead.boardsUntil < ahead.until ? { kind: 'board', at: ahead.until } : null;
}
