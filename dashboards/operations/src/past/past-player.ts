import type { PastAxis, PastChange, PastChanges, PastRoom, StaffWorkload } from '@brain/contracts';
import { applyRoom, EMPTY, type LiveState } from '../live/live-state.js';
import { applyPast } from './apply-past.js';

export const SPEEDS = [1, 10, 60, 300, 600] as const;
export type Speed = (typeof SPEEDS)[number];

/** The newest moment that is over for sure: what happened a blink ago may still be on its way to the tables. */
export const SETTLED_MS = 5_000;
/** A shorter stretch before now is not worth asking for: now is reached. */
export const SHORTEST_MS = 5_000;

export type Picture =
  | { readonly state: 'loading' }
  | { readonly state: 'shown' }
  /** Of another moment than the playhead, if of any. */
  | { readonly state: 'failed' };

export interface Board {
  readonly at: number;
  readonly workload: readonly StaffWorkload[];
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

interface Rest extends Stretch {
  readonly cursor: string;
}

/** What is known of the time after the playhead. */
export interface Ahead {
  /** Everything that changed up to here is in `changes` or in the room. */
  readonly until: number;
  readonly changes: readonly PastChange[];
  /** A stretch that was read in part. */
  readonly rest: Rest | null;
  readonly boards: readonly Board[];
  /** The moment of the newest board there is, shown or waiting. */
  readonly boardsUntil: number;
}

export interface PastPlayer {
  readonly as: PastAxis;
  readonly playhead: number;
  readonly speed: Speed;
  readonly playing: boolean;
  readonly picture: Picture;
  /** As of the playhead, when the picture is shown. */
  readonly room: LiveState;
  /** The moment the workload board is of: the playhead, or a little before it while it plays. */
  readonly boardAt: number;
  /** Grows with every jump: an answer to an older look is no answer to this one. */
  readonly look: number;
  readonly ahead: Ahead;
  /** Why the next part could not be read. */
  readonly fault: unknown;
  /** Played up to the present. */
  readonly atNow: boolean;
}

export type PastEvent =
  | { readonly type: 'sought'; readonly at: number; readonly as: PastAxis }
  | { readonly type: 'room-came'; readonly look: number; readonly room: PastRoom }
  | { readonly type: 'changes-came'; readonly look: number; readonly stretch: Stretch; readonly page: PastChanges }
  | { readonly type: 'board-came'; readonly look: number; readonly board: Board }
  | { readonly type: 'refused'; readonly look: number; readonly error: unknown }
  | { readonly type: 'now-refused'; readonly look: number }
  | { readonly type: 'retried' }
  | { readonly type: 'played' }
  | { readonly type: 'paused' }
  | { readonly type: 'speed-chosen'; readonly speed: Speed }
  | { readonly type: 'ticked'; readonly elapsedMs: number; readonly now: number };

export function pastPlayer(at: number, as: PastAxis, speed: Speed): PastPlayer {
  return {
    as, speed, playhead: at, playing: false, picture: { state: 'loading' }, room: EMPTY, boardAt: at, look: 0,
    ahead: nothingAhead(at), fault: null, atNow: false,
  };
}

export function evolve(player: PastPlayer, event: PastEvent): PastPlayer {
  if ('look' in event && event.look !== player.look) return player;
  switch (event.type) {
    case 'sought':
      return sought(player, event.at, event.as);
    case 'room-came':
      return roomCame(player, event.room);
    case 'changes-came':
      return changesCame(player, event.stretch, event.page);
    case 'board-came':
      return boardCame(player, event.board);
    case 'refused':
      return { ...player, fault: event.error, picture: player.picture.state === 'loading' ? { state: 'failed' } : player.picture };
    case 'now-refused':
      return { ...player, playing: false, atNow: true };
    case 'retried':
      return { ...player, fault: null, picture: player.picture.state === 'failed' ? { state: 'loading' } : player.picture };
    case 'played':
      return { ...player, playing: true, atNow: false };
    case 'paused':
      return { ...player, playing: false };
    case 'speed-chosen':
      return { ...player, speed: event.speed };
    case 'ticked':
      return ticked(player, event.elapsedMs, event.now);
  }
}

/** It plays, but has to wait for what comes next. */
export const isWaiting = ({ playing, picture, playhead, ahead, fault }: PastPlayer): boolean =>
  playing && fault === null && (picture.state === 'loading' || (picture.state === 'shown' && playhead >= ahead.until));

/** Nothing was recorded yet at this moment. */
export const isEmpty = ({ picture, room }: PastPlayer): boolean =>
  picture.state === 'shown' && room.alerts.size + room.cases.size + room.workload.size + room.devices.size === 0;

/** What is already known is walked to; anywhere else is a new look. */
function sought(player: PastPlayer, at: number, as: PastAxis): PastPlayer {
  const known = as === player.as && player.fault === null;
  if (known && at === player.playhead) return { ...player, atNow: false };
  if (known && player.picture.state === 'shown' && at > player.playhead && at <= player.ahead.until) return { ...walkedTo(player, at), atNow: false };
  return {
    ...player, as, playhead: at, picture: { state: 'loading' }, look: player.look + 1, ahead: nothingAhead(at), fault: null, atNow: false,
  };
}

function roomCame(player: PastPlayer, room: PastRoom): PastPlayer {
  return { ...player, picture: { state: 'shown' }, room: applyRoom(EMPTY, room), boardAt: player.playhead, ahead: nothingAhead(player.playhead) };
}

/** Of a stretch read in part, everything is known up to before its last change: others may have the same time. */
function changesCame(player: PastPlayer, { from, to }: Stretch, { items, nextCursor }: PastChanges): PastPlayer {
  const { ahead } = player;
  const last = items.at(-1);
  const until = nextCursor === null ? to : last === undefined ? ahead.until : Math.max(ahead.until, Date.parse(last.at) - 1);
  const rest = nextCursor === null ? null : { from, to, cursor: nextCursor };
  // Moments are told in whole milliseconds, the record is finer: what comes may be of the very moment shown.
  return walkedTo({ ...player, ahead: { ...ahead, until, rest, changes: [...ahead.changes, ...items] } }, player.playhead);
}

function boardCame(player: PastPlayer, board: Board): PastPlayer {
  const { ahead } = player;
  const boards = [...ahead.boards, board].sort((a, b) => a.at - b.at);
  return withDueBoard({ ...player, ahead: { ...ahead, boards, boardsUntil: Math.max(ahead.boardsUntil, board.at) } });
}

/** Never beyond what is known, never beyond now: playback waits, it skips nothing. */
function ticked(player: PastPlayer, elapsedMs: number, now: number): PastPlayer {
  if (!player.playing || player.picture.state !== 'shown') return player;
  const newest = now - SETTLED_MS;
  const { until } = player.ahead;
  const at = Math.min(player.playhead + elapsedMs * player.speed, newest, until);
  const walked = at > player.playhead ? walkedTo(player, at) : player;
  const atEnd = newest - walked.playhead < SHORTEST_MS && walked.playhead >= Math.min(until, newest);
  return atEnd ? { ...walked, playing: false, atNow: true } : walked;
}

function walkedTo(player: PastPlayer, at: number): PastPlayer {
  const { ahead } = player;
  const due = ahead.changes.findIndex((change) => Date.parse(change.at) > at);
  const count = due === -1 ? ahead.changes.length : due;
  const room = count === 0 ? player.room : applyPast(player.room, ahead.changes.slice(0, count));
  const changes = count === 0 ? ahead.changes : ahead.changes.slice(count);
  return withDueBoard({ ...player, playhead: at, room, ahead: { ...ahead, changes } });
}

function withDueBoard(player: PastPlayer): PastPlayer {
  const due = player.ahead.boards.filter(({ at }) => at <= player.playhead);
  const newest = due.at(-1);
  if (newest === undefined) return player;
  const boards = player.ahead.boards.slice(due.length);
  const workload = new Map(newest.workload.map((one) => [one.staffId, one]));
  return { ...player, boardAt: newest.at, room: { ...player.room, workload }, ahead: { ...player.ahead, boards } };
}

function nothingAhead(at: number): Ahead {
  return { until: at, changes: [], rest: null, boards: [], boardsUntil: at };
}
