import { describe, expect, it } from '@jest/globals';
import type { PastRoom } from '@brain/contracts';
import { ApiError } from '../api/api-error.js';
import { alert } from '../live/live.fixture.js';
import { createPlayback, type Playback, type PastReads } from './past-playback.js';
import { isWaiting } from './past-player.js';
import { LATER, NINE, page, raised, room } from './past.fixture.js';

const MINUTE = 60_000;
const start = { at: NINE, as: 'recorded', speed: 60 } as const;
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const refusal = (code: string): ApiError => new ApiError({ type: 'about:blank', title: code, status: 400, code, detail: code });

/** One alert a minute, and rooms that hold all up to their moment. */
const everyMinute: PastReads = {
  room: (at) => Promise.resolve(room(at)),
  changes: ({ from, to }) => {
    const minutes = Array.from({ length: Math.ceil((to - from) / MINUTE) + 1 }, (_, index) => Math.ceil(from / MINUTE + index) * MINUTE);
    return Promise.resolve(page(minutes.filter((at) => at > from && at <= to).map((at) => raised(at, String(at)))));
  },
  workload: () => Promise.resolve([]),
};

async function watch({ tell }: Playback, ticks: number): Promise<void> {
  for (let count = 0; count < ticks; count += 1) {
    tell({ type: 'ticked', elapsedMs: 100, now: LATER });
    await settle();
  }
}

describe('a playback', () => {
  it('plays an hour at 600 times without losing a change', async () => {
    const playback = createPlayback(everyMinute, () => LATER, { ...start, speed: 600 });
    await settle();
    playback.tell({ type: 'played' });
    await watch(playback, 60);
    const { playhead, room: then } = playback.store.get();
    expect(playhead).toBe(NINE + 60 * MINUTE);
    expect(then.alerts.size).toBe(60);
    playback.stop();
  });

  it('holds only so much in memory however much happens', async () => {
    let asked = 0;
    const crowded: PastReads = {
      ...everyMinute,
      changes: ({ from }) => {
        asked += 1;
        return Promise.resolve(page(Array.from({ length: 500 }, (_, index) => raised(from + index + 1, `${asked}-${index}`)), `after ${asked}`));
      },
    };
    const playback = createPlayback(crowded, () => LATER, start);
    for (let turn = 0; turn < 50; turn += 1) await settle();
    expect(asked).toBe(8);
    playback.stop();
  });

  it('shows only the last of many jumps, and calls the others off', async () => {
    const rooms: { at: number; signal: AbortSignal; answer: (found: PastRoom) => void }[] = [];
    const slow: PastReads = { ...everyMinute, room: (at, _, signal) => new Promise((answer) => rooms.push({ at, signal, answer })) };
    const playback = createPlayback(slow, () => LATER, start);
    for (const minutes of [1, 2, 3]) playback.tell({ type: 'sought', at: NINE - minutes * MINUTE, as: 'recorded' });
    for (const { at, answer } of rooms) answer(room(at, { alerts: [alert(String(at))] }));
    await settle();
    expect(rooms.map(({ signal }) => signal.aborted)).toEqual([true, true, true, false]);
    expect([...playback.store.get().room.alerts.keys()]).toEqual([String(NINE - 3 * MINUTE)]);
    playback.stop();
  });

  it('waits for a slow answer, visibly, and goes on with it', async () => {
    let answer: (() => void) | undefined;
    const slow: PastReads = { ...everyMinute, changes: async (...asked) => new Promise((resolve) => (answer = () => resolve(everyMinute.changes(...asked)))) };
    const playback = createPlayback(slow, () => LATER, start);
    await settle();
    playback.tell({ type: 'played' });
    await watch(playback, 5);
    expect([playback.store.get().playhead, isWaiting(playback.store.get())]).toEqual([NINE, true]);
    answer?.();
    await settle();
    await watch(playback, 10);
    expect(playback.store.get().playhead).toBe(NINE + MINUTE);
    playback.stop();
  });

  it('keeps its place after a refusal and goes on after a retry', async () => {
    let down = true;
    const shaky: PastReads = { ...everyMinute, room: (...asked) => (down ? Promise.reject(refusal('SERVICE_UNAVAILABLE')) : everyMinute.room(...asked)) };
    const playback = createPlayback(shaky, () => LATER, start);
    await settle();
    expect(playback.store.get()).toMatchObject({ picture: { state: 'failed' }, playhead: NINE });
    down = false;
    playback.tell({ type: 'retried' });
    await settle();
    expect(playback.store.get()).toMatchObject({ picture: { state: 'shown' }, playhead: NINE, fault: null });
    playback.stop();
  });

  it('ends at now where the server’s now is before this computer’s', async () => {
    const behind: PastReads = { ...everyMinute, changes: () => Promise.reject(refusal('AT_IN_FUTURE')) };
    const playback = createPlayback(behind, () => LATER, start);
    await settle();
    expect(playback.store.get()).toMatchObject({ atNow: true, fault: null });
    playback.stop();
  });

  it('does nothing more once stopped', async () => {
    const playback = createPlayback(everyMinute, () => LATER, start);
    playback.stop();
    await settle();
    expect(playback.store.get().picture.state).toBe('loading');
  });
});
