import { describe, expect, it } from '@jest/globals';
import { START } from '@eventstore/db-client';
import { START_POSITION } from '../event-store.port.js';
import { positionOf, textOf } from './all-position.js';

describe('a position of $all as text', () => {
  it('comes back as it was, the largest included', () => {
    const position = { commit: 2n ** 63n, prepare: 12n };
    expect(positionOf(textOf(position))).toEqual(position);
    expect(positionOf(START_POSITION)).toBe(START);
  });

  it('sorts as the numbers do', () => {
    const texts = [9n, 10n, 11n, 100n].map((commit) => textOf({ commit, prepare: 0n }));
    expect([...texts].reverse().sort()).toEqual(texts);
    expect(START_POSITION < (texts[0] ?? '')).toBe(true);
  });
});
