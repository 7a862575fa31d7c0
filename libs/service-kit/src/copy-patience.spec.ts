import { describe, expect, it } from '@jest/globals';
import { missingFromCopy } from './copy-patience.js';

describe('what is missing from a copy', () => {
  it('is nothing once the news has arrived', async () => {
    const looks = [['a', 'b'], ['b'], []];
    expect(await missingFromCopy(() => Promise.resolve(looks.shift() ?? ['looked too often']))).toEqual([]);
  });

  it('is what never came', async () => {
    let looks = 0;
    const look = () => Promise.resolve((looks += 1) === 1 ? ['a', 'b'] : ['b']);
    expect(await missingFromCopy(look, 100)).toEqual(['b']);
    expect(looks).toBe(3);
  });
});
