import { describe, expect, it } from '@jest/globals';
import { countIn, countLines } from '../../test-run/test-counts.mjs';

describe('countIn', () => {
  it.each([
    ["it('a', () => expect(1).toBe(1));", { tests: 1, expects: 1 }],
    ["it.each([1, 2])('a %i', (n) => { expect(n).toBe(n); expect(n).toBeGreaterThan(0); });", { tests: 1, expects: 2 }],
    ["it.each<[string]>([['a']])('%s', () => undefined);", { tests: 1, expects: 0 }],
    ["test.skip('a', () => undefined); it.todo('b');", { tests: 2, expects: 0 }],
    ['given(opened).when(assign).expectEvents(assigned);', { tests: 0, expects: 1 }],
    ['expect(a).toEqual(expect.any(String));', { tests: 0, expects: 1 }],
    ["const edit = submit('a'); wait.it('b'); new RegExp('a').test('b');", { tests: 0, expects: 0 }],
  ])('counts tests and expectations in %j', (source, counts) => {
    expect(countIn(source)).toEqual(counts);
  });
});

describe('countLines', () => {
  const geo = { files: 1, lines: 20, tests: 3, expects: 5 };
  const auth = { files: 2, lines: 10, tests: 1, expects: 1 };

  it('has a line for each project and one for all', () => {
    expect(countLines(new Map([['libs/geo', geo], ['libs/auth', auth]])).map((line) => line.split(/\s+/))).toEqual([
      ['project', 'files', 'lines', 'tests', 'expects'],
      ['libs/auth', '2', '10', '1', '1'],
      ['libs/geo', '1', '20', '3', '5'],
      ['all', '3', '30', '4', '6'],
    ]);
  });

  it('shows beside what was there before, also of a project that is gone or new', () => {
    expect(countLines(new Map([['libs/geo', geo]]), new Map([['libs/auth', auth]])).map((line) => line.split(/\s{2,}/))).toEqual([
      ['project', 'files', 'lines', 'tests', 'expects'],
      ['libs/auth', '2 → 0', '10 → 0', '1 → 0', '1 → 0'],
      ['libs/geo', '0 → 1', '0 → 20', '0 → 3', '0 → 5'],
      ['all', '2 → 1', '10 → 20', '1 → 3', '1 → 5'],
    ]);
  });
});
