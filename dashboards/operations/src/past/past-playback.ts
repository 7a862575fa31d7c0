import type { PastAxis, PastChanges, PastRoom, StaffWorkload } from '@brain/contracts';
import { problemOf } from '../api/api-error.js';
import { createExternalStore, type ExternalStore } from '../elements/external-store.js';
import { evolve, pastPlayer, type PastEvent, type PastPlayer, type Speed } from './past-player.js';
import { wantOf, type Want } from './past-wants.js';

/** All a playback may ask: it reads. */
export interface PastReads {
  readonly room: (at: number, as: PastAxis, signal: AbortSignal) => Promise<PastRoom>;
  readonly changes: (stretch: { from: number; to: number; cursor: string | null; limit?: number }, as: PastAxis, signal: AbortSignal) => Promise<PastChanges>;
  readonly workload: (at: number, as: PastAxis, signal: AbortSignal) => Promise<readonly StaffWorkload[]>;
}

export interface Playback {
  readonly store: Pick<ExternalStore<PastPlayer>, 'get' | 'subscribe'>;
  readonly tell: (event: PastEvent) => void;
  readonly stop: () => void;
}

interface Start {
  readonly at: number;
  readonly as: PastAxis;
  readonly speed: Speed;
}

/** Keeps the player fed: one question at a time, and a jump forgets the one that is under way. */
export function createPlayback(reads: PastReads, now: () => number, { at, as, speed }: Start): Playback {
  const store = createExternalStore(pastPlayer(at, as, speed));
  let asked: { readonly look: number; readonly abort: AbortController } | null = null;
  let stopped = false;

  const tell = (event: PastEvent): void => {
    if (stopped) return;
    store.set(evolve(store.get(), event));
    pursue();
  };
  const pursue = (): void => {
    const player = store.get();
    if (asked !== null && asked.look !== player.look) {
      asked.abort.abort();
      asked = null;
    }
    const want = asked === null ? wantOf(player, now()) : null;
    if (want !== null) void ask(player, want);
  };
  const ask = async (player: PastPlayer, want: Want): Promise<void> => {
    const mine = { look: player.look, abort: new AbortController() };
    asked = mine;
    const answer = await answerTo(reads, player, want, mine.abort.signal);
    if (asked === mine) asked = null;
    tell(answer);
  };
  const stop = (): void => {
    stopped = true;
    asked?.abort.abort();
  };
  pursue();
  return { store, tell, stop };
}

async function answerTo(reads: PastReads, { as, look }: PastPlayer, want: Want, signal: AbortSignal): Promise<PastEvent> {
  try {
    switch (want.kind) {
      case 'room':
        return { type: 'room-came', look, room: await reads.room(want.at, as, signal) };
      case 'changes':
        return { type: 'changes-came', look, stretch: want, page: await reads.changes(want, as, signal) };
      case 'board':
        return { type: 'board-came', look, board: { at: want.at, workload: await reads.workload(want.at, as, signal) } };
    }
  } catch (error) {
    // This computer's clock is ahead of the server's: the server knows what is past.
    if (want.kind !== 'room' && problemOf(error).code === 'AT_IN_FUTURE') return { type: 'now-refused', look };
    return { type: 'refused', look, error };
  }
}
