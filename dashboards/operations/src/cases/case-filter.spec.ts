import { describe, expect, it } from '@jest/globals';
import { oneCase } from '../live/live.fixture.js';
import type { User } from '../session/user.js';
import { byUrgency, matches, NO_FILTER } from './case-filter.js';

const ana: User = { id: 'u', username: 'ana', name: 'Ana', roles: ['grid-worker'], areaCodes: ['440305'], staffId: 'ana' };
const lift = oneCase('1', { title: 'Lift stuck', areaCode: '440305001001001', assignee: { staffId: 'ana', name: 'Ana' } });

describe('a filter of cases', () => {
  it('lets everything through when it asks nothing', () => expect(matches(lift, NO_FILTER, ana)).toBe(true));
  it('finds words of the title in any case, and the number', () => {
    expect(matches(lift, { ...NO_FILTER, text: ' LIFT ' }, ana)).toBe(true);
    expect(matches(lift, { ...NO_FILTER, text: '0301-0001' }, ana)).toBe(true);
    expect(matches(lift, { ...NO_FILTER, text: 'gas' }, ana)).toBe(false);
  });
  it('knows what lies in an area', () => {
    expect(matches(lift, { ...NO_FILTER, area: '440305001' }, ana)).toBe(true);
    expect(matches(lift, { ...NO_FILTER, area: '440305002' }, ana)).toBe(false);
  });
  it('finds what is overdue and what is mine', () => {
    expect(matches(lift, { ...NO_FILTER, overdueOnly: true }, ana)).toBe(false);
    expect(matches(lift, { ...NO_FILTER, mineOnly: true }, ana)).toBe(true);
    expect(matches({ ...lift, assignee: null }, { ...NO_FILTER, mineOnly: true }, { ...ana, staffId: null })).toBe(false);
  });
});

it('what is due soonest comes first', () => {
  const [soon, later] = [oneCase('a', { dueAt: '2026-03-01T09:00:00.000Z' }), oneCase('b')];
  expect([later, soon].sort(byUrgency)).toEqual([soon, later]);
});
