import { describe, expect, it } from '@jest/globals';
import { alert } from '../live/live.fixture.js';
import { countByCommunity } from './community-counts.js';

describe('open alerts of a community', () => {
  it('are counted over its grids, and the worst severity is kept', () => {
    const counts = countByCommunity([
      alert('a', { areaCode: '440305001001001', severity: 'MINOR' }),
      alert('b', { areaCode: '440305001001002', severity: 'CRITICAL' }),
      alert('c', { areaCode: '440305001001', severity: 'INFO', state: 'CLEARED_UNACK' }),
    ]);
    expect([...counts]).toEqual([['440305001001', { count: 3, worst: 'CRITICAL' }]]);
  });

  it('leave out what is over', () => expect(countByCommunity([alert('a', { state: 'CLEARED_ACK' })]).size).toBe(0));
});
