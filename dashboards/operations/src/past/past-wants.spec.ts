import { describe, expect, it } from '@jest/globals';
import { evolve, pastPlayer, SETTLED_MS, type PastEvent, type PastPlayer, type Speed } from './past-player.js';
import { MOST_WAITING, wantOf } from './past-wants.js';
import { board, LATER, NINE, page, raised, room } from './past.fixture.js';

const MINUTE = 60_000;
const shown = (speed: Speed, ...events: PastEvent[]): PastPlayer =>
  [{ type: 'room-came', look: 0, room: room(NINE) } as const, ...events].reduce<PastPlayer>(evolve, pastPlayer(NINE, 'recorded', speed));
const changes = (to: number, items: ReturnType<typeof raised>[] = [], cursor: string | null = null): PastEvent => ({
  type: 'changes-came', look: 0, stretch: { from: NINE, to }, page: page(items, cursor),
});

describe('what is asked next', () => {
  it('is the room first', () => {
    expect(wantOf(pastPlayer(NINE, 'recorded', 60), LATER)).toEqual({ kind: 'room', at: NINE });
  });

  it('is a stretch of what comes, longer the faster it plays', () => {
    expect(wantOf(shown(1), LATER)).toEqual({ kind: 'changes', from: NINE, to: NINE + 30_000, cursor: null });
    expect(wantOf(shown(600), LATER)).toEqual({ kind: 'changes', from: NINE, to: NINE + 30 * MINUTE, cursor: null });
  });

  it('is the rest of a stretch that was read in part', () => {
    const player = shown(60, changes(NINE + 3 * MINUTE, [raised(NINE + MINUTE, 'a')], 'more'));
    expect(wantOf(player, LATER)).toEqual({ kind: 'changes', from: NINE, to: NINE + 3 * MINUTE, cursor: 'more' });
  });

  it('is nothing once two stretches are known', () => {
    expect(wantOf(shown(60, changes(NINE + 6 * MINUTE)), LATER)).toBeNull();
  });

  it('is the board at the end of what is known while it plays', () => {
    const player = shown(60, { type: 'played' }, changes(NINE + 6 * MINUTE));
    expect(wantOf(player, LATER)).toEqual({ kind: 'board', at: NINE + 6 * MINUTE });
    expect(wantOf(evolve(player, { type: 'board-came', look: 0, board: board(NINE + 6 * MINUTE, 1) }), LATER)).toBeNull();
  });

  it('is the board of exactly this moment when it stands still', () => {
    const player = shown(60, changes(NINE + 6 * MINUTE), { type: 'sought', at: NINE + MINUTE, as: 'recorded' });
    expect(wantOf(player, LATER)).toEqual({ kind: 'board', at: NINE + MINUTE });
  });

  it('never reaches beyond now', () => {
    expect(wantOf(shown(600), NINE + MINUTE)).toMatchObject({ to: NINE + MINUTE - SETTLED_MS });
    expect(wantOf(shown(600), NINE + SETTLED_MS)).toBeNull();
  });

  it('waits while much is waiting to be shown, however long the rest', () => {
    const many = Array.from({ length: MOST_WAITING }, (_, index) => raised(NINE + index + 1, `a${index}`));
    expect(wantOf(shown(600, changes(NINE + 30 * MINUTE, many, 'more')), LATER)).toBeNull();
  });

  it('is nothing after a refusal until it is tried again', () => {
    const refused = shown(60, { type: 'refused', look: 0, error: 'down' });
    expect(wantOf(refused, LATER)).toBeNull();
    expect(wantOf(evolve(refused, { type: 'retried' }), LATER)).not.toBeNull();
  });
});
