import { describe, expect, it } from '@jest/globals';
import { isSameJson } from './same-json.js';
import { succeed } from './states-over-time.js';

const at = (minute: number) => `2026-03-01T08:${String(minute).padStart(2, '0')}:00.000Z`;
const stored = (recorded: number, occurred: number) => ({
  ...{ eventId: '', streamId: '', revision: 0, position: '', type: '', data: {}, recordedAt: at(recorded) },
  metadata: { source: '', time: at(occurred), correlationId: '', causationId: '', actor: { type: 'system' as const, id: '' } },
});
const before = { row: { id: 'x', n: 1 }, recorded_from: at(5), occurred_from: at(4) };
const after = (recorded: number, occurred: number, row: Readonly<Record<string, unknown>> = { id: 'x', n: 2 }) =>
  succeed(before, { row, stored: stored(recorded, occurred) }, new Set(['seen']));

describe('a state that another follows', () => {
  it('holds until that one', () => {
    expect(after(8, 7)).toEqual({
      now: { row: { id: 'x', n: 2 }, recorded_from: at(8), occurred_from: at(7) },
      past: { ...before, recorded_to: at(8), occurred_to: at(7) },
    });
  });

  it('never held when the other, heard of later, held from before it', () => {
    expect(after(8, 2)).toMatchObject({ now: { occurred_from: at(2) }, past: { occurred_to: at(4) }, lateFrom: at(2) });
  });

  it('was known until it was known, though the clock went back', () => {
    expect(after(3, 7)).toMatchObject({ now: { recorded_from: at(5) }, past: { recorded_to: at(5) } });
  });

  it.each([[{ id: 'x', n: '1' }], [{ n: 1, id: 'x', note: undefined }]])('goes on when %j says the same', (row) => {
    expect(after(8, 7, row)).toEqual({ now: before });
  });
});

it.each([
  [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }, true],
  [{ a: 1 }, { a: 1, b: undefined }, true],
  [{ a: 1, b: undefined }, { a: 1 }, true],
  [{ a: 1 }, { a: 1, b: null }, false],
  [[1, 2], [2, 1], false],
  [[1], { 0: 1 }, false],
  ['1', 1, false],
  [null, undefined, false],
])('%j and %j: the same JSON? %s', (one, other, same) => {
  expect(isSameJson(one, other)).toBe(same);
  expect(isSameJson(other, one)).toBe(same);
});
