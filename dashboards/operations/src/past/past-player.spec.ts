import { describe, expect, it } from '@jest/globals';
import { alert, worker } from '../live/live.fixture.js';
import { evolve, isEmpty, isWaiting, pastPlayer, SETTLED_MS, type PastEvent, type PastPlayer } from './past-player.js';
import { board, LATER, NINE, page, raised, room } from './past.fixture.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const after = (player: PastPlayer, ...events: PastEvent[]): PastPlayer => events.reduce(evolve, player);
const shown = (...events: PastEvent[]): PastPlayer =>
  after(pastPlayer(NINE, 'recorded', 60), { type: 'room-came', look: 0, room: room(NINE, { alerts: [alert('first')] }) }, ...events);
const changes = (to: number, ...items: ReturnType<typeof raised>[]): PastEvent => ({ type: 'changes-came', look: 0, stretch: { from: NINE, to }, page: page(items) });
const tick = (elapsedMs: number, now = LATER): PastEvent => ({ type: 'ticked', elapsedMs, now });
const play: PastEvent = { type: 'played' };
const alerts = ({ room: { alerts: all } }: PastPlayer): string[] => [...all.keys()];

describe('playing', () => {
  it('moves the playhead by the speed and shows what changed up to it, no more', () => {
    const player = shown(changes(NINE + 5 * MINUTE, raised(NINE + MINUTE, 'a'), raised(NINE + 2 * MINUTE, 'b')), play, tick(1500));
    expect(player.playhead).toBe(NINE + 90 * SECOND);
    expect(alerts(player)).toEqual(['first', 'a']);
    expect(player.ahead.changes).toHaveLength(1);
  });

  it('includes what changed at the very moment', () => {
    expect(alerts(shown(changes(NINE + 5 * MINUTE, raised(NINE + MINUTE, 'a')), play, tick(SECOND)))).toEqual(['first', 'a']);
  });

  it('shows at once what changed within the millisecond it stands at', () => {
    expect(alerts(shown(changes(NINE + 5 * MINUTE, raised(NINE, 'a'), raised(NINE + 1, 'b'))))).toEqual(['first', 'a']);
  });

  it('takes changes in the order they are told, whatever their revisions', () => {
    const player = shown(changes(NINE + 5 * MINUTE, raised(NINE + 1000, 'a', { revision: 3 }), raised(NINE + 2000, 'a', { revision: 2, occurrences: 7 })), play, tick(SECOND));
    expect(player.room.alerts.get('a')?.occurrences).toBe(7);
  });

  it('waits where nothing is known yet, and skips nothing', () => {
    const player = shown(changes(NINE + MINUTE), play, tick(10 * SECOND));
    expect(player.playhead).toBe(NINE + MINUTE);
    expect([player.playing, isWaiting(player)]).toEqual([true, true]);
    const on = after(player, changes(NINE + 9 * MINUTE, raised(NINE + 2 * MINUTE, 'a')), tick(SECOND));
    expect([on.playhead, alerts(on), isWaiting(on)]).toEqual([NINE + 2 * MINUTE, ['first', 'a'], false]);
  });

  it('stands still while paused and while the picture is not there', () => {
    expect(shown(changes(NINE + MINUTE), tick(SECOND)).playhead).toBe(NINE);
    expect(after(pastPlayer(NINE, 'recorded', 60), play, tick(SECOND)).playhead).toBe(NINE);
  });

  it('goes no further than a part of a stretch is known, as others may have changed at the same time', () => {
    const partly: PastEvent = {
      type: 'changes-came', look: 0, stretch: { from: NINE, to: NINE + 9 * MINUTE }, page: page([raised(NINE + MINUTE, 'a'), raised(NINE + 2 * MINUTE, 'b')], 'more'),
    };
    const player = shown(partly, play, tick(10 * SECOND));
    expect(player.playhead).toBe(NINE + 2 * MINUTE - 1);
    expect(alerts(player)).toEqual(['first', 'a']);
    expect(player.ahead.rest).toEqual({ from: NINE, to: NINE + 9 * MINUTE, cursor: 'more' });
  });

  it('stops at now and says so', () => {
    const now = NINE + MINUTE + SETTLED_MS;
    const player = shown(changes(NINE + MINUTE), play, tick(10 * SECOND, now));
    expect([player.playhead, player.playing, player.atNow]).toEqual([NINE + MINUTE, false, true]);
  });

  it('stops when the server says that what comes next is not past', () => {
    const player = shown(play, { type: 'now-refused', look: 0 });
    expect([player.playing, player.atNow, player.fault]).toEqual([false, true, null]);
  });
});

describe('the workload board', () => {
  const load = ({ room: { workload } }: PastPlayer): number | undefined => workload.get('li')?.load;

  it('changes when the playhead comes to it', () => {
    const before = shown(changes(NINE + 5 * MINUTE), { type: 'board-came', look: 0, board: board(NINE + MINUTE, 0.8) }, play, tick(500));
    expect(load(before)).toBeUndefined();
    const player = after(before, tick(500));
    expect([load(player), player.boardAt, player.ahead.boards]).toEqual([0.8, NINE + MINUTE, []]);
  });

  it('shows one at once whose moment has passed', () => {
    const player = shown(changes(NINE + 5 * MINUTE), play, tick(2 * SECOND), { type: 'board-came', look: 0, board: board(NINE + MINUTE, 0.8) });
    expect(load(player)).toBe(0.8);
  });

  it('loses who is no longer there', () => {
    const player = after(
      pastPlayer(NINE, 'recorded', 60),
      { type: 'room-came', look: 0, room: room(NINE, { workload: [worker('wu')] }) },
      { type: 'board-came', look: 0, board: board(NINE, 0.5) },
    );
    expect([...player.room.workload.keys()]).toEqual(['li']);
  });
});

describe('a jump', () => {
  const to = (at: number, as: 'recorded' | 'occurred' = 'recorded'): PastEvent => ({ type: 'sought', at, as });

  it('walks over what is already known without asking', () => {
    const player = shown(changes(NINE + 5 * MINUTE, raised(NINE + MINUTE, 'a')), to(NINE + 2 * MINUTE));
    expect([player.picture.state, player.look, alerts(player)]).toEqual(['shown', 0, ['first', 'a']]);
  });

  it('is a new look anywhere else: back, beyond what is known, or on the other axis', () => {
    for (const event of [to(NINE - 1), to(NINE + MINUTE), to(NINE, 'occurred')]) {
      const player = shown(event);
      expect([player.picture.state, player.look, player.ahead.changes]).toEqual(['loading', 1, []]);
    }
  });

  it('keeps playing once the new picture is there', () => {
    const player = shown(play, to(NINE - MINUTE));
    expect(isWaiting(player)).toBe(true);
    expect(after(player, { type: 'room-came', look: 1, room: room(NINE - MINUTE) }).playing).toBe(true);
  });

  it('hears no answer to the look before', () => {
    const player = shown(to(NINE - MINUTE), to(NINE - 2 * MINUTE));
    const late = after(player, { type: 'room-came', look: 1, room: room(NINE - MINUTE) }, { type: 'refused', look: 1, error: new Error('late') });
    expect(late).toBe(player);
  });

  it('to where it is changes nothing', () => {
    const player = shown();
    expect(after(player, to(NINE))).toEqual(player);
  });
});

describe('a fault', () => {
  it('of a jump hides the picture, and a retry asks again for the same moment', () => {
    const player = shown({ type: 'sought', at: NINE - MINUTE, as: 'recorded' }, { type: 'refused', look: 1, error: 'down' });
    expect([player.picture.state, player.playhead]).toEqual(['failed', NINE - MINUTE]);
    expect(after(player, { type: 'retried' })).toMatchObject({ picture: { state: 'loading' }, playhead: NINE - MINUTE, fault: null });
  });

  it('of the next part keeps the picture and plays on to the end of what is known', () => {
    const player = shown(changes(NINE + MINUTE), { type: 'refused', look: 0, error: 'down' }, play, tick(10 * SECOND));
    expect([player.picture.state, player.playhead, isWaiting(player)]).toEqual(['shown', NINE + MINUTE, false]);
  });
});

describe('an empty past', () => {
  it('is one where nothing was recorded yet', () => {
    const empty = after(pastPlayer(NINE, 'recorded', 60), { type: 'room-came', look: 0, room: room(NINE) });
    expect([isEmpty(empty), isEmpty(shown()), isEmpty(pastPlayer(NINE, 'recorded', 60))]).toEqual([true, false, false]);
  });
});
