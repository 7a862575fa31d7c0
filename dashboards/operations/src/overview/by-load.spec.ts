import { describe, expect, it } from '@jest/globals';
import { worker } from '../live/live.fixture.js';
import { byLoad } from './by-load.js';

it.each([
  ['the heavier load', worker('a', { load: 1.2 }), worker('b', { load: 0.4 })],
  ['who is on duty, at the same load', worker('a', {}), worker('b', { availability: 'off-duty' })],
  ['the name, when all else is equal', worker('a', { name: '阿' }), worker('b', { name: '张' })],
])('the board shows %s first', (_, first, second) => {
  expect([second, first].sort(byLoad)).toEqual([first, second]);
});

describe('equal rows', () => {
  it('keep one order, so that they do not jump', () => {
    const twins = [worker('2', { name: 'x' }), worker('1', { name: 'x' })];
    expect(twins.sort(byLoad).map(({ staffId }) => staffId)).toEqual(['1', '2']);
  });
});
