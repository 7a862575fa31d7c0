import { describe, expect, it } from '@jest/globals';
import { alert } from '../live/live.fixture.js';
import { feedOrder, neighbour } from './feed-order.js';

const everything = { area: null, unacknowledgedOnly: false };
const ids = (alerts: readonly { alertId: string }[]): string[] => alerts.map(({ alertId }) => alertId);

describe('the order of the feed', () => {
  it('puts active alerts nobody has seen first, then active ones, then recovered ones; in each the worst, then the newest', () => {
    const alerts = [
      alert('seen', { severity: 'CRITICAL', state: 'ACTIVE_ACK' }),
      alert('minor', { severity: 'MINOR' }),
      alert('old', { severity: 'CRITICAL', raisedAt: '2026-03-01T07:00:00.000Z' }),
      alert('new', { severity: 'CRITICAL', raisedAt: '2026-03-01T09:00:00.000Z' }),
      alert('gone', { severity: 'CRITICAL', state: 'CLEARED_UNACK' }),
    ];
    expect(ids(feedOrder(alerts, everything))).toEqual(['new', 'old', 'minor', 'seen', 'gone']);
  });

  it('leaves out what is over', () => expect(feedOrder([alert('a', { state: 'CLEARED_ACK' })], everything)).toEqual([]));

  it('shows one area and what lies in it', () => {
    const alerts = [alert('here', { areaCode: '440305001001002' }), alert('there', { areaCode: '440305001002002' })];
    expect(ids(feedOrder(alerts, { ...everything, area: '440305001001' }))).toEqual(['here']);
  });

  it('can hide what somebody has seen', () => {
    const alerts = [alert('seen', { state: 'ACTIVE_ACK' }), alert('fresh')];
    expect(ids(feedOrder(alerts, { ...everything, unacknowledgedOnly: true }))).toEqual(['fresh']);
  });
});

describe('moving through the feed', () => {
  const rows = [alert('a'), alert('b')];
  it('starts at the top', () => expect(neighbour(rows, null, 1)).toBe('a'));
  it('goes down and up', () => expect([neighbour(rows, 'a', 1), neighbour(rows, 'b', -1)]).toEqual(['b', 'a']));
  it('stays at the ends', () => expect([neighbour(rows, 'a', -1), neighbour(rows, 'b', 1)]).toEqual(['a', 'b']));
  it('starts again when the selected row is gone', () => expect(neighbour(rows, 'x', -1)).toBe('a'));
  it('has nowhere to go in an empty feed', () => expect(neighbour([], null, 1)).toBeNull());
});
